package dev.miniatura.heic;

/** The inverse transforms (H.265, 8.6.4.2 to 8.6.4.4), with the final rounding of 8.6.2. */
final class InverseTransform {

  /** transMatrix of equation 8-289 on, row by row: row k is basis function k. */
  private static final int[] DCT = new int[32 * 32];

  private static final int[] DST = {
    29, 55, 74, 84, 74, 74, 0, -74, 84, -29, -74, 55, 55, -84, 74, -29
  };

  /** The integers that stand for 64 √2 cos(jπ/64), j from 0 to 32; 0 only stands in row 0. */
  private static final byte[] COSINES = {
    64, 90, 90, 90, 89, 88, 87, 85, 83, 82, 80, 78, 75, 73, 70, 67, 64, 61, 57, 54, 50, 46, 43, 38,
    36, 31, 25, 22, 18, 13, 9, 4, 0
  };

  static {
    for (int k = 0; k < 32; k++) {
      for (int n = 0; n < 32; n++) {
        int j = (2 * n + 1) * k & 127;
        j = j > 64 ? 128 - j : j;
        DCT[32 * k + n] = j > 32 ? -COSINES[64 - j] : COSINES[j];
      }
    }
  }

  private final int[] columns = new int[32 * 32];

  /** Transforms scaled coefficients to the residual, in place. */
  void inverse(int[] block, int log2, boolean dst, int bitDepth) {
    int size = 1 << log2;
    int shift = 20 - bitDepth;
    for (int x = 0; x < size; x++) {
      for (int y = 0; y < size; y++) {
        int sum = 64;
        for (int k = 0; k < size; k++) {
          sum += factor(k, y, log2, dst) * block[(k << log2) + x];
        }
        columns[(y << log2) + x] = clip(sum >> 7);
      }
    }
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int sum = 1 << (shift - 1);
        for (int k = 0; k < size; k++) {
          sum += factor(k, x, log2, dst) * columns[(y << log2) + k];
        }
        block[(y << log2) + x] = sum >> shift;
      }
    }
  }

  private static int factor(int k, int n, int log2, boolean dst) {
    return dst ? DST[4 * k + n] : DCT[32 * (k << (5 - log2)) + n];
  }

  private static int clip(int value) {
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
  }

  /** Scales the coefficients of a block without transform (8.6.4.2: tsShift; 8.6.2: bdShift). */
  void skip(int[] block, int log2, int bitDepth) {
    int shift = 20 - bitDepth;
    for (int i = 0; i < 1 << (2 * log2); i++) {
      block[i] = ((block[i] << (log2 + 5)) + (1 << (shift - 1))) >> shift;
    }
  }
}
