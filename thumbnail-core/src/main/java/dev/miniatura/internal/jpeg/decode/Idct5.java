package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.bytes.ByteViews;

/**
 * The inverse DCT to 5 × 5 samples: {@link Idct8} with N = 5 instead of 8. Its fraction bits and
 * ranges apply here as well, since sums have fewer terms.
 *
 * <pre>√8 · x(n) = X(0) + √2 · Σ X(k) cos((2n + 1) k π / 10)</pre>
 */
final class Idct5 implements Idct {

  private static final int ROW = 5 * IdctBatch.BLOCKS;

  private static final int C1 = 11018; // √2 cos(kπ/10) for k = 1 to 4
  private static final int C2 = 9373;
  private static final int C3 = 6810;
  private static final int C4 = 3580;
  private static final int ROOT = 11585; // √2

  private final int[][] even = new int[3][ROW];
  private final int[][] odd = new int[3][ROW]; // the middle sample's part stays zero
  private final int[][] results = new int[5][ROW];
  private final int[] left = new int[ROW];
  private final int[] right = new int[ROW];

  @Override
  public void transform(int[] lanes) {
    pass(lanes, Idct8.COLUMN_ROUND, Idct8.COLUMN_SHIFT);
    Idct.transpose(results, lanes);
    pass(lanes, Idct8.ROW_ROUND, Idct8.ROW_SHIFT);
    Idct8.pack(results[0], results[1], results[2], results[3], left);
    Idct8.pack(results[4], results[4], results[4], results[4], right);
  }

  private void pass(int[] lanes, int round, int shift) {
    even(lanes, C2, C4, round, even[0]);
    even(lanes, -C4, -C2, round, even[1]);
    even(lanes, -ROOT, ROOT, round, even[2]);
    odd(lanes, C1, C3, odd[0]);
    odd(lanes, C3, -C1, odd[1]);
    for (int n = 0; n < 3; n++) {
      Idct8.add(even[n], odd[n], shift, results[n]);
    }
    Idct8.subtract(even[0], odd[0], shift, results[4]);
    Idct8.subtract(even[1], odd[1], shift, results[3]);
  }

  private static void even(int[] x, int w2, int w4, int round, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = (x[i] << Idct8.BITS) + w2 * x[i + 2 * ROW] + w4 * x[i + 4 * ROW] + round;
    }
  }

  private static void odd(int[] x, int w1, int w3, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = w1 * x[i + ROW] + w3 * x[i + 3 * ROW];
    }
  }

  @Override
  public void storeRow(int y, int count, byte[] out, int at) {
    int b = y * IdctBatch.BLOCKS;
    int to = at;
    for (int last = b + count - 1; b < last; b++, to += 5) {
      ByteViews.putLongBe(out, to, (long) left[b] << 32 | (right[b] & 0xffffffffL));
    }
    Idct.storeLast(left[b], right[b], 5, out, to);
  }
}
