package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.bytes.ByteViews;

/**
 * The inverse DCT to 3 × 3 samples: {@link Idct8} with N = 3 instead of 8. Its fraction bits and
 * ranges apply here as well, since sums have fewer terms.
 *
 * <pre>√8 · x(n) = X(0) + √2 · Σ X(k) cos((2n + 1) k π / 6)</pre>
 */
final class Idct3 implements Idct {

  private static final int ROW = 3 * IdctBatch.BLOCKS;

  private static final int C1 = 10033; // √2 cos(kπ/6) for k = 1, 2
  private static final int C2 = 5793;
  private static final int ROOT = 11585; // √2

  private final int[][] results = new int[3][ROW];
  private final int[] packed = new int[ROW];

  @Override
  public void transform(int[] lanes) {
    pass(lanes, Idct8.COLUMN_ROUND, Idct8.COLUMN_SHIFT);
    Idct.transpose(results, lanes);
    pass(lanes, Idct8.ROW_ROUND, Idct8.ROW_SHIFT);
    Idct8.pack(results[0], results[1], results[2], results[2], packed);
  }

  private void pass(int[] lanes, int round, int shift) {
    sum(lanes, C1, C2, round, shift, results[0]);
    sum(lanes, 0, -ROOT, round, shift, results[1]);
    sum(lanes, -C1, C2, round, shift, results[2]);
  }

  private static void sum(int[] x, int w1, int w2, int round, int shift, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = ((x[i] << Idct8.BITS) + w1 * x[i + ROW] + w2 * x[i + 2 * ROW] + round) >> shift;
    }
  }

  @Override
  public void storeRow(int y, int count, byte[] out, int at) {
    int b = y * IdctBatch.BLOCKS;
    int to = at;
    for (int last = b + count - 1; b < last; b++, to += 3) {
      ByteViews.putIntBe(out, to, packed[b]);
    }
    Idct.storeLast(packed[b], 0, 3, out, to);
  }
}
