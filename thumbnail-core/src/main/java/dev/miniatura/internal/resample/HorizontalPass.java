package dev.miniatura.internal.resample;

/**
 * Blends columns of {@value #ROWS} rows at once into values.
 *
 * <p><b>Formats.</b> Rows come with {@value TapTable#BITS} fraction bits from {@link VerticalPass}
 * and are rounded to values, |v| &lt; 65,280. Multiplied by weights whose absolute values add up to
 * less than 2, a sum stays below 65280 · 2 · 2^14 &lt; 2^31: it fits in an int, and two of them in
 * a long.
 *
 * <p><b>Why this shape.</b> Neighboring outputs read overlapping columns with different weights,
 * which C2 does not vectorize. So two rows share a long, one in each half: one multiplication
 * serves both, and the lower half's sign borrows from the upper half until the sums are separated.
 * With two such longs, every weight is loaded once for four rows; it is stored as a long because
 * widening it would prevent vectorization by C2.
 */
final class HorizontalPass {

  /** Rows per call. */
  static final int ROWS = 4;

  private final TapTable table;
  private final int channels;
  private final int boxes;
  private final int parts;
  private final long[] weights;
  private final long[] firstPair;
  private final long[] secondPair;

  /**
   * Prepares to blend.
   *
   * @param parts how many runs rows are split into, see {@link RowSums#parts}
   */
  HorizontalPass(TapTable table, int channels, int parts) {
    this.table = table;
    this.channels = channels;
    this.parts = parts;
    boxes = table.axis.boxes;
    weights = table.longs();
    firstPair = new long[boxes * channels];
    secondPair = new long[boxes * channels];
  }

  /** Makes {@value #ROWS} rows of values, one run per channel. */
  void blend(int[][] rows, int[][] values) {
    pack(rows[0], rows[1], firstPair);
    pack(rows[2], rows[3], secondPair);
    for (int c = 0; c < channels; c++) {
      blendChannel(c * boxes, c * table.starts.length, values);
    }
  }

  private void pack(int[] upper, int[] lower, long[] pairs) {
    if (parts == 1) {
      for (int i = 0; i < pairs.length; i++) {
        pairs[i] = pair(upper[i], lower[i]);
      }
      return;
    }
    int step = parts;
    int run = upper.length / step;
    for (int part = 0; part < step; part++) {
      int from = part * run;
      for (int x = part; x < pairs.length; x += step, from++) {
        pairs[x] = pair(upper[from], lower[from]);
      }
    }
  }

  private static long pair(int upper, int lower) {
    return ((long) (upper >> TapTable.BITS) << 32) + (lower >> TapTable.BITS);
  }

  private void blendChannel(int from, int to, int[][] values) {
    int taps = table.taps;
    int[] starts = table.starts;
    long[] weights = this.weights;
    long[] pairA = firstPair;
    long[] pairB = secondPair;
    int[] values0 = values[0];
    int[] values1 = values[1];
    int[] values2 = values[2];
    int[] values3 = values[3];
    long half = 1L << (TapTable.BITS - 1);
    for (int x = 0, w = 0; x < starts.length; x++) {
      int at = from + starts[x];
      long a = (half << 32) + half;
      long b = a;
      for (int end = w + taps; w < end; w++, at++) {
        long weight = weights[w];
        a += weight * pairA[at];
        b += weight * pairB[at];
      }
      values0[to + x] = upper(a) >> TapTable.BITS;
      values1[to + x] = (int) a >> TapTable.BITS;
      values2[to + x] = upper(b) >> TapTable.BITS;
      values3[to + x] = (int) b >> TapTable.BITS;
    }
  }

  /** Returns the upper sum, corrected for the borrow of a negative lower sum. */
  private static int upper(long pair) {
    return (int) ((pair - (int) pair) >> 32);
  }
}
