package dev.miniatura.internal.webp;

/**
 * The forward transforms, whose inverses RFC 6386 defines in section 14. They do not affect
 * decoding, so they need not be exact.
 *
 * <p>Coefficients are in zigzag order and in halves of the unit in which they are quantized; since
 * the inverse transform is orthogonal, their sum of squared errors is 16 times the squared error of
 * a block's samples.
 */
final class ForwardTransform {

  /** Positions of the coefficients of a block that varies only from left to right. */
  static final int ROW_1 = 1;

  static final int ROW_2 = 5;
  static final int ROW_3 = 6;

  /** Positions of the coefficients of a block that varies only from top to bottom. */
  static final int COLUMN_1 = 2;

  static final int COLUMN_2 = 3;
  static final int COLUMN_3 = 9;

  private static final int FAR = 5352; // √2 · cos(π/8) in 1/4096
  private static final int NEAR = 2217; // √2 · sin(π/8)

  private ForwardTransform() {}

  /** Transforms a block of 4 × 4 samples. */
  static void dct(byte[] samples, int at, int stride, int[] out, int to, int[] scratch) {
    int[] t = scratch;
    for (int y = 0, row = at; y < 16; y += 4, row += stride) {
      int x0 = samples[row] & 0xff;
      int x1 = samples[row + 1] & 0xff;
      int x2 = samples[row + 2] & 0xff;
      int x3 = samples[row + 3] & 0xff;
      int s0 = x0 + x3;
      int s1 = x1 + x2;
      int d0 = x0 - x3;
      int d1 = x1 - x2;
      t[y] = (s0 + s1) << 3;
      t[y + 1] = (d0 * FAR + d1 * NEAR + 256) >> 9;
      t[y + 2] = (s0 - s1) << 3;
      t[y + 3] = (d0 * NEAR - d1 * FAR + 256) >> 9;
    }
    column(t, 0, out, to, to + COLUMN_1, to + COLUMN_2, to + COLUMN_3);
    column(t, 1, out, to + ROW_1, to + 4, to + 8, to + 10);
    column(t, 2, out, to + ROW_2, to + 7, to + 11, to + 14);
    column(t, 3, out, to + ROW_3, to + 12, to + 13, to + 15);
  }

  private static void column(int[] t, int x, int[] out, int to0, int to1, int to2, int to3) {
    int s0 = t[x] + t[x + 12];
    int s1 = t[x + 4] + t[x + 8];
    int d0 = t[x] - t[x + 12];
    int d1 = t[x + 4] - t[x + 8];
    out[to0] = (s0 + s1 + 4) >> 3;
    out[to1] = (d0 * FAR + d1 * NEAR + (1 << 14)) >> 15;
    out[to2] = (s0 - s1 + 4) >> 3;
    out[to3] = (d0 * NEAR - d1 * FAR + (1 << 14)) >> 15;
  }

  /** Transforms 4 samples along a line, for a block that repeats them in 4 parallel lines. */
  static void line(int x0, int x1, int x2, int x3, int[] out, int to) {
    int s0 = x0 + x3;
    int s1 = x1 + x2;
    int d0 = x0 - x3;
    int d1 = x1 - x2;
    out[to] = 4 * (s0 + s1);
    out[to + 1] = (d0 * FAR + d1 * NEAR + 512) >> 10;
    out[to + 2] = 4 * (s0 - s1);
    out[to + 3] = (d0 * NEAR - d1 * FAR + 512) >> 10;
  }

  /**
   * Transforms the first coefficients of 16 blocks, in raster order. The results are in quarters of
   * their unit: their sum of squared errors is 256 times the squared error of samples.
   */
  static void walshHadamard(int[] in, int[] out, int to, int[] scratch) {
    int[] t = scratch;
    for (int i = 0; i < 16; i += 4) {
      int a = in[i] + in[i + 3];
      int b = in[i + 1] + in[i + 2];
      int c = in[i + 1] - in[i + 2];
      int d = in[i] - in[i + 3];
      t[i] = a + b;
      t[i + 1] = d + c;
      t[i + 2] = a - b;
      t[i + 3] = d - c;
    }
    hadamardColumn(t, 0, out, to, to + COLUMN_1, to + COLUMN_2, to + COLUMN_3);
    hadamardColumn(t, 1, out, to + ROW_1, to + 4, to + 8, to + 10);
    hadamardColumn(t, 2, out, to + ROW_2, to + 7, to + 11, to + 14);
    hadamardColumn(t, 3, out, to + ROW_3, to + 12, to + 13, to + 15);
  }

  private static void hadamardColumn(
      int[] t, int x, int[] out, int to0, int to1, int to2, int to3) {
    int a = t[x] + t[x + 12];
    int b = t[x + 4] + t[x + 8];
    int c = t[x + 4] - t[x + 8];
    int d = t[x] - t[x + 12];
    out[to0] = a + b;
    out[to1] = d + c;
    out[to2] = a - b;
    out[to3] = d - c;
  }
}
