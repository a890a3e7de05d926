package dev.miniatura.internal.jpeg;

/**
 * The 8 × 8 inverse DCT: columns, then rows. One pass computes, for n = 0..7,
 *
 * <pre>√8 · x(n) = X(0) + √2 · Σ X(k) cos((2n + 1) k π / 16)</pre>
 *
 * from its even part, which x(n) and x(7 − n) share, and its odd part, whose sign differs between
 * them. Both passes together scale by 8.
 *
 * <p>Range: a dequantized coefficient of a well-formed block is within ±2^11 and the columns' √8 ·
 * x(n) within ±2^12.5. Times constants of 13 fraction bits that is below 2^26. Columns keep 2
 * fraction bits, so rows sum up to 2^12.5 + 1.5 + 2 + 13 = 2^29.
 */
final class EightPointDct extends BlockBatch {

  private static final int ROW = 8 * BLOCKS;

  private static final int BITS = 13;
  private static final int COLUMN_BITS = 2;
  private static final int COLUMN_SHIFT = BITS - COLUMN_BITS;
  private static final int ROW_SHIFT = BITS + COLUMN_BITS + 3;
  private static final int COLUMN_ROUND = 1 << (COLUMN_SHIFT - 1);
  private static final int ROW_ROUND = (128 << ROW_SHIFT) + (1 << (ROW_SHIFT - 1));

  private static final int C1 = 11363; // √2 cos(kπ/16) for k = 1, 2, 3, 5, 6, 7
  private static final int C2 = 10703;
  private static final int C3 = 9633;
  private static final int C5 = 6437;
  private static final int C6 = 4433;
  private static final int C7 = 2260;

  private final int[][] even = new int[4][ROW];
  private final int[][] odd = new int[4][ROW];
  private final int[][] results = new int[8][ROW];
  private final int[] left = new int[ROW];
  private final int[] right = new int[ROW];

  EightPointDct() {
    super(8);
  }

  @Override
  void transform() {
    pass(COLUMN_ROUND, COLUMN_SHIFT);
    turn(results);
    pass(ROW_ROUND, ROW_SHIFT);
    pack(results[0], results[1], results[2], results[3], left);
    pack(results[4], results[5], results[6], results[7], right);
  }

  private void pass(int round, int shift) {
    even(lines, C2, 1 << BITS, C6, round, even[0]);
    even(lines, C6, -(1 << BITS), -C2, round, even[1]);
    even(lines, -C6, -(1 << BITS), C2, round, even[2]);
    even(lines, -C2, 1 << BITS, -C6, round, even[3]);
    odd(lines, C1, C3, C5, C7, odd[0]);
    odd(lines, C3, -C7, -C1, -C5, odd[1]);
    odd(lines, C5, -C1, C7, C3, odd[2]);
    odd(lines, C7, -C5, C3, -C1, odd[3]);
    for (int n = 0; n < 4; n++) {
      add(even[n], odd[n], shift, results[n]);
      subtract(even[n], odd[n], shift, results[7 - n]);
    }
  }

  private static void even(int[] x, int w2, int w4, int w6, int round, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] =
          (x[i] << BITS) + w2 * x[i + 2 * ROW] + w4 * x[i + 4 * ROW] + w6 * x[i + 6 * ROW] + round;
    }
  }

  private static void odd(int[] x, int w1, int w3, int w5, int w7, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = w1 * x[i + ROW] + w3 * x[i + 3 * ROW] + w5 * x[i + 5 * ROW] + w7 * x[i + 7 * ROW];
    }
  }

  private static void add(int[] even, int[] odd, int shift, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = (even[i] + odd[i]) >> shift;
    }
  }

  private static void subtract(int[] even, int[] odd, int shift, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = (even[i] - odd[i]) >> shift;
    }
  }

  private static void pack(int[] x0, int[] x1, int[] x2, int[] x3, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = clamp(x0[i]) << 24 | clamp(x1[i]) << 16 | clamp(x2[i]) << 8 | clamp(x3[i]);
    }
  }

  @Override
  void storeRow(int y, int count, byte[] out, int at) {
    int b = y * BLOCKS;
    for (int end = b + count, to = at; b < end; b++, to += 8) {
      EightBytes.put(out, to, (long) left[b] << 32 | (right[b] & 0xffffffffL));
    }
  }
}
