package dev.miniatura.internal.jpeg;

/**
 * The inverse DCT to 4 × 4 samples: columns, then rows; even part c0 ± c2, odd part by one rotation
 * whose cos(π/8) is in the dequantization, which leaves tan(π/8) as the only factor.
 */
final class FourPointDct extends BlockBatch {

  private static final int ROW = 4 * BLOCKS;

  /** tan(π/8) with 13 fraction bits. */
  private static final int TAN_PI_8 = 3393;

  private final int[][] results = new int[4][ROW];
  private final int[] packed = new int[ROW];

  FourPointDct() {
    super(4);
  }

  @Override
  void transform() {
    pass(0);
    turn(results);
    pass(InverseDct.SCALED_ROUND);
    pack(results[0], results[1], results[2], results[3], packed);
  }

  private void pass(int round) {
    first(lines, round, results[0]);
    second(lines, round, results[1]);
    third(lines, round, results[2]);
    fourth(lines, round, results[3]);
  }

  private static void first(int[] x, int round, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = round + x[i] + x[i + 2 * ROW] + x[i + ROW] + timesTan(x[i + 3 * ROW]);
    }
  }

  private static void second(int[] x, int round, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = round + x[i] - x[i + 2 * ROW] + timesTan(x[i + ROW]) - x[i + 3 * ROW];
    }
  }

  private static void third(int[] x, int round, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = round + x[i] - x[i + 2 * ROW] - timesTan(x[i + ROW]) + x[i + 3 * ROW];
    }
  }

  private static void fourth(int[] x, int round, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = round + x[i] + x[i + 2 * ROW] - x[i + ROW] - timesTan(x[i + 3 * ROW]);
    }
  }

  /** A value of 12 fraction bits and below 512 in size: 2^18 after the first shift, times 2^12. */
  private static int timesTan(int value) {
    return ((value >> 3) * TAN_PI_8) >> 10;
  }

  private static void pack(int[] x0, int[] x1, int[] x2, int[] x3, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] =
          clamp(x0[i] >> InverseDct.SCALED_BITS) << 24
              | clamp(x1[i] >> InverseDct.SCALED_BITS) << 16
              | clamp(x2[i] >> InverseDct.SCALED_BITS) << 8
              | clamp(x3[i] >> InverseDct.SCALED_BITS);
    }
  }

  @Override
  void storeRow(int y, int count, byte[] out, int at) {
    int b = y * BLOCKS;
    int end = b + count;
    int to = at;
    for (; b < end - 1; b += 2, to += 8) {
      EightBytes.put(out, to, (long) packed[b] << 32 | (packed[b + 1] & 0xffffffffL));
    }
    if (b < end) {
      for (int x = 0; x < 4; x++) {
        out[to + x] = (byte) (packed[b] >> (24 - 8 * x));
      }
    }
  }
}
