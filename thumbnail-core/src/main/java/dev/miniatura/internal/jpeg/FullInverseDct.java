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
final class FullInverseDct {

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

  private FullInverseDct() {}

  /** Stores a block; destroys its coefficients. */
  static void store(int[] block, byte[] out, int at, int stride) {
    for (int x = 0; x < 8; x++) {
      column(block, x);
    }
    int to = at;
    for (int y = 0; y < 64; y += 8) {
      row(block, y, out, to);
      to += stride;
    }
  }

  private static void column(int[] b, int x) {
    int x1 = b[x + 8];
    int x2 = b[x + 16];
    int x3 = b[x + 24];
    int x4 = b[x + 32];
    int x5 = b[x + 40];
    int x6 = b[x + 48];
    int x7 = b[x + 56];
    if ((x1 | x2 | x3 | x4 | x5 | x6 | x7) == 0) {
      int mean = b[x] << COLUMN_BITS;
      for (int i = x; i < 64; i += 8) {
        b[i] = mean;
      }
      return;
    }
    int sum = ((b[x] + x4) << BITS) + COLUMN_ROUND;
    int difference = ((b[x] - x4) << BITS) + COLUMN_ROUND;
    int outer = C2 * x2 + C6 * x6;
    int inner = C6 * x2 - C2 * x6;
    int even0 = sum + outer;
    int even1 = difference + inner;
    int even2 = difference - inner;
    int even3 = sum - outer;
    int odd0 = C1 * x1 + C3 * x3 + C5 * x5 + C7 * x7;
    int odd1 = C3 * x1 - C7 * x3 - C1 * x5 - C5 * x7;
    int odd2 = C5 * x1 - C1 * x3 + C7 * x5 + C3 * x7;
    int odd3 = C7 * x1 - C5 * x3 + C3 * x5 - C1 * x7;
    b[x] = (even0 + odd0) >> COLUMN_SHIFT;
    b[x + 8] = (even1 + odd1) >> COLUMN_SHIFT;
    b[x + 16] = (even2 + odd2) >> COLUMN_SHIFT;
    b[x + 24] = (even3 + odd3) >> COLUMN_SHIFT;
    b[x + 32] = (even3 - odd3) >> COLUMN_SHIFT;
    b[x + 40] = (even2 - odd2) >> COLUMN_SHIFT;
    b[x + 48] = (even1 - odd1) >> COLUMN_SHIFT;
    b[x + 56] = (even0 - odd0) >> COLUMN_SHIFT;
  }

  private static void row(int[] b, int y, byte[] out, int to) {
    int x1 = b[y + 1];
    int x2 = b[y + 2];
    int x3 = b[y + 3];
    int x4 = b[y + 4];
    int x5 = b[y + 5];
    int x6 = b[y + 6];
    int x7 = b[y + 7];
    int sum = ((b[y] + x4) << BITS) + ROW_ROUND;
    int difference = ((b[y] - x4) << BITS) + ROW_ROUND;
    int outer = C2 * x2 + C6 * x6;
    int inner = C6 * x2 - C2 * x6;
    int even0 = sum + outer;
    int even1 = difference + inner;
    int even2 = difference - inner;
    int even3 = sum - outer;
    int odd0 = C1 * x1 + C3 * x3 + C5 * x5 + C7 * x7;
    int odd1 = C3 * x1 - C7 * x3 - C1 * x5 - C5 * x7;
    int odd2 = C5 * x1 - C1 * x3 + C7 * x5 + C3 * x7;
    int odd3 = C7 * x1 - C5 * x3 + C3 * x5 - C1 * x7;
    out[to] = InverseDct.clamp((even0 + odd0) >> ROW_SHIFT);
    out[to + 1] = InverseDct.clamp((even1 + odd1) >> ROW_SHIFT);
    out[to + 2] = InverseDct.clamp((even2 + odd2) >> ROW_SHIFT);
    out[to + 3] = InverseDct.clamp((even3 + odd3) >> ROW_SHIFT);
    out[to + 4] = InverseDct.clamp((even3 - odd3) >> ROW_SHIFT);
    out[to + 5] = InverseDct.clamp((even2 - odd2) >> ROW_SHIFT);
    out[to + 6] = InverseDct.clamp((even1 - odd1) >> ROW_SHIFT);
    out[to + 7] = InverseDct.clamp((even0 - odd0) >> ROW_SHIFT);
  }
}
