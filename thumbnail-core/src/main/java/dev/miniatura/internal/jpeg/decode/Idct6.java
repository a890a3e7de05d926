package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.bytes.ByteViews;

/**
 * The inverse DCT to 6 × 6 samples: {@link Idct8} with N = 6 instead of 8. Its fraction bits and
 * ranges apply here as well, since sums have fewer terms.
 *
 * <pre>√8 · x(n) = X(0) + √2 · Σ X(k) cos((2n + 1) k π / 12)</pre>
 */
final class Idct6 implements Idct {

  private static final int ROW = 6 * IdctBatch.BLOCKS;

  private static final int C1 = 11190; // √2 cos(kπ/12) for k = 1 to 5
  private static final int C2 = 10033;
  private static final int C3 = 8192;
  private static final int C4 = 5793;
  private static final int C5 = 2998;
  private static final int ROOT = 11585; // √2

  private final int[][] even = new int[3][ROW];
  private final int[][] odd = new int[3][ROW];
  private final int[][] results = new int[6][ROW];
  private final int[] left = new int[ROW];
  private final int[] right = new int[ROW];

  @Override
  public void transform(int[] lanes) {
    pass(lanes, Idct8.COLUMN_ROUND, Idct8.COLUMN_SHIFT);
    Idct.transpose(results, lanes);
    pass(lanes, Idct8.ROW_ROUND, Idct8.ROW_SHIFT);
    Idct8.pack(results[0], results[1], results[2], results[3], left);
    Idct8.pack(results[4], results[5], results[5], results[5], right);
  }

  private void pass(int[] lanes, int round, int shift) {
    even(lanes, C2, C4, round, even[0]);
    even(lanes, 0, -ROOT, round, even[1]);
    even(lanes, -C2, C4, round, even[2]);
    odd(lanes, C1, C3, C5, odd[0]);
    odd(lanes, C3, -C3, -C3, odd[1]);
    odd(lanes, C5, -C3, C1, odd[2]);
    for (int n = 0; n < 3; n++) {
      Idct8.add(even[n], odd[n], shift, results[n]);
      Idct8.subtract(even[n], odd[n], shift, results[5 - n]);
    }
  }

  private static void even(int[] x, int w2, int w4, int round, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = (x[i] << Idct8.BITS) + w2 * x[i + 2 * ROW] + w4 * x[i + 4 * ROW] + round;
    }
  }

  private static void odd(int[] x, int w1, int w3, int w5, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = w1 * x[i + ROW] + w3 * x[i + 3 * ROW] + w5 * x[i + 5 * ROW];
    }
  }

  @Override
  public void storeRow(int y, int count, byte[] out, int at) {
    int b = y * IdctBatch.BLOCKS;
    int to = at;
    for (int last = b + count - 1; b < last; b++, to += 6) {
      ByteViews.putLongBe(out, to, (long) left[b] << 32 | (right[b] & 0xffffffffL));
    }
    Idct.storeLast(left[b], right[b], 6, out, to);
  }
}
