package dev.miniatura.internal.resample;

/**
 * Blends columns of {@value #ROWS} rows at once into values.
 *
 * <p><b>Formats.</b> Rows come with {@value TapTable#BITS} fraction bits from {@link VerticalPass}
 * and are rounded to values, |v| &lt; 65,280. Times weights whose absolute values add up to less
 * than 2, a sum stays below 65280 · 2 · 2^14 &lt; 2^31: it fits an int, and two of them a long.
 *
 * <p><b>Why this shape.</b> Neighboring outputs read overlapping columns with different weights,
 * which C2 does not vectorize. So two rows share a long, one in each half: one multiplication
 * serves both, and the lower half's sign borrows from the upper half until the sums are taken
 * apart. With two such longs every weight is loaded once for four rows.
 */
final class HorizontalPass {

  /** Rows per call. */
  static final int ROWS = 4;

  private final TapTable table;
  private final int channels;
  private final int boxes;
  private final long[] firstPair;
  private final long[] secondPair;

  HorizontalPass(TapTable table, int channels) {
    this.table = table;
    this.channels = channels;
    boxes = table.axis.boxes;
    firstPair = new long[boxes * channels];
    secondPair = new long[boxes * channels];
  }

  /** Makes {@value #ROWS} rows of values, each channel's run after the other's. */
  void blend(int[][] rows, int[][] values) {
    pack(rows[0], rows[1], firstPair);
    pack(rows[2], rows[3], secondPair);
    for (int c = 0; c < channels; c++) {
      blendChannel(c * boxes, c * table.starts.length, values);
    }
  }

  private static void pack(int[] upper, int[] lower, long[] pairs) {
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = ((long) (upper[i] >> TapTable.BITS) << 32) + (lower[i] >> TapTable.BITS);
    }
  }

  private void blendChannel(int from, int to, int[][] values) {
    int taps = table.taps;
    int[] starts = table.starts;
    int[] weights = table.weights;
    long[] pairA = firstPair;
    long[] pairB = secondPair;
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
      values[0][to + x] = upper(a) >> TapTable.BITS;
      values[1][to + x] = (int) a >> TapTable.BITS;
      values[2][to + x] = upper(b) >> TapTable.BITS;
      values[3][to + x] = (int) b >> TapTable.BITS;
    }
  }

  /** Returns the upper sum, giving back what a negative lower sum borrowed. */
  private static int upper(long pair) {
    return (int) ((pair - (int) pair) >> 32);
  }
}
