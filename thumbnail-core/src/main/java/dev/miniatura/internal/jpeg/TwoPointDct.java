package dev.miniatura.internal.jpeg;

/** The inverse DCT to 2 × 2 samples: sums and differences. */
final class TwoPointDct extends BlockBatch {

  private final int[][] packed = new int[2][BLOCKS];

  TwoPointDct() {
    super(2);
  }

  @Override
  void transform() {
    top(lines, packed[0]);
    bottom(lines, packed[1]);
  }

  private static void top(int[] x, int[] out) {
    for (int i = 0; i < BLOCKS; i++) {
      int left = x[i] + x[i + 2 * BLOCKS] + InverseDct.SCALED_ROUND;
      int right = x[i + BLOCKS] + x[i + 3 * BLOCKS];
      out[i] =
          clamp((left + right) >> InverseDct.SCALED_BITS) << 8
              | clamp((left - right) >> InverseDct.SCALED_BITS);
    }
  }

  private static void bottom(int[] x, int[] out) {
    for (int i = 0; i < BLOCKS; i++) {
      int left = x[i] - x[i + 2 * BLOCKS] + InverseDct.SCALED_ROUND;
      int right = x[i + BLOCKS] - x[i + 3 * BLOCKS];
      out[i] =
          clamp((left + right) >> InverseDct.SCALED_BITS) << 8
              | clamp((left - right) >> InverseDct.SCALED_BITS);
    }
  }

  @Override
  void storeRow(int y, int count, byte[] out, int at) {
    int[] pairs = packed[y];
    for (int b = 0, to = at; b < count; b++, to += 2) {
      out[to] = (byte) (pairs[b] >> 8);
      out[to + 1] = (byte) pairs[b];
    }
  }
}
