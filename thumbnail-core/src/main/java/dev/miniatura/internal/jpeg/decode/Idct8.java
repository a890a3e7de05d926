package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.raster.Samples;

/**
 * The 8 × 8 inverse DCT: columns, then rows. One pass computes, for n = 0..7,
 *
 * <pre>√8 · x(n) = X(0) + √2 · Σ X(k) cos((2n + 1) k π / 16)</pre>
 *
 * from its even part, which x(n) and x(7 − n) share, and its odd part, whose sign differs between
 * them. Both passes together scale by 8.
 *
 * <p>Ranges (see {@link InverseDct} for their basis, and for why a malformed block that wraps does
 * no harm):
 *
 * <ul>
 *   <li>Coefficients are integers within ±2^10.2.
 *   <li>Columns: √8 · x(n) is within ±2^11.0, its even and its odd part within ±2^10.6. Constants
 *       have {@value #BITS} fraction bits, so sums stay below 2^24.
 *   <li>Between the passes {@value #COLUMN_BITS} fraction bits are kept: ±2^13.0.
 *   <li>Rows: 8 samples' worth is within ±2^13.0, either part within ±2^12.2; with 2 + 13 fraction
 *       bits and the level shift of 2^25, sums stay below 2^28.3.
 * </ul>
 */
final class Idct8 implements Idct {

  private static final int ROW = 8 * IdctBatch.BLOCKS;

  static final int BITS = 13;
  private static final int COLUMN_BITS = 2;
  static final int COLUMN_SHIFT = BITS - COLUMN_BITS;
  static final int ROW_SHIFT = BITS + COLUMN_BITS + 3;
  static final int COLUMN_ROUND = 1 << (COLUMN_SHIFT - 1);
  static final int ROW_ROUND = (128 << ROW_SHIFT) + (1 << (ROW_SHIFT - 1));

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

  @Override
  public void transform(int[] lanes) {
    pass(lanes, COLUMN_ROUND, COLUMN_SHIFT);
    Idct.transpose(results, lanes);
    pass(lanes, ROW_ROUND, ROW_SHIFT);
    pack(results[0], results[1], results[2], results[3], left);
    pack(results[4], results[5], results[6], results[7], right);
  }

  private void pass(int[] lanes, int round, int shift) {
    even(lanes, C2, 1 << BITS, C6, round, even[0]);
    even(lanes, C6, -(1 << BITS), -C2, round, even[1]);
    even(lanes, -C6, -(1 << BITS), C2, round, even[2]);
    even(lanes, -C2, 1 << BITS, -C6, round, even[3]);
    odd(lanes, C1, C3, C5, C7, odd[0]);
    odd(lanes, C3, -C7, -C1, -C5, odd[1]);
    odd(lanes, C5, -C1, C7, C3, odd[2]);
    odd(lanes, C7, -C5, C3, -C1, odd[3]);
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

  static void add(int[] even, int[] odd, int shift, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (even[i] + odd[i]) >> shift;
    }
  }

  static void subtract(int[] even, int[] odd, int shift, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (even[i] - odd[i]) >> shift;
    }
  }

  static void pack(int[] x0, int[] x1, int[] x2, int[] x3, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] =
          Samples.clamp(x0[i]) << 24
              | Samples.clamp(x1[i]) << 16
              | Samples.clamp(x2[i]) << 8
              | Samples.clamp(x3[i]);
    }
  }

  @Override
  public void storeRow(int y, int count, byte[] out, int at) {
    int b = y * IdctBatch.BLOCKS;
    for (int end = b + count, to = at; b < end; b++, to += 8) {
      ByteViews.putLongBe(out, to, (long) left[b] << 32 | (right[b] & 0xffffffffL));
    }
  }
}
