package dev.miniatura.internal.resample;

import dev.miniatura.internal.raster.Plane;
import java.util.Arrays;

/**
 * Resamples one plane as its rows arrive.
 *
 * <pre>
 *  row ──► RowSums ──► box means, one run per channel ──► ring of rows ──► vertical pass
 *                                                          ──► horizontal pass ──► RowEncoder
 * </pre>
 *
 * <p><b>Formats.</b> Box means are values with {@value TransferFunction#BITS} fraction bits, 0 to
 * 32,640, rounded to nearest. Each pass multiplies by weights of {@value TapTable#BITS} bits whose
 * absolute values add up to less than 2, then rounds those bits away. The vertical pass stays below
 * 32640 · 2 · 2^14 &lt; 2^30 and leaves |v| &lt; 65,280; the horizontal pass stays below 65280 · 2
 * · 2^14 &lt; 2^31. So int arithmetic never overflows, and what the three roundings lose, with the
 * rounding of the weights, is far below one level.
 *
 * <p><b>Why this order.</b> The vertical pass is the one that C2 turns into vector instructions, so
 * it goes first and leaves the horizontal pass only as many rows as the output has.
 *
 * <p>Reference: {@code ReferenceResampler} in the tests, in double precision, at most one level
 * away.
 */
final class PlaneResampler {

  private static final int RECIPROCAL_BITS = 40;

  private final Axis horizontal;
  private final Axis vertical;
  private final TapTable columns;
  private final TapTable rows;
  private final int channels;
  private final RowSums sums;
  private final int[] line;
  private final int[][] ring;
  private final int[] blended;
  private final int[] values;
  private final RowEncoder encoder;

  private int nextRow;
  private int nextBox;
  private int nextOutput;

  PlaneResampler(Plane plane, Axis horizontal, Axis vertical, RowSums sums, RowEncoder encoder) {
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.sums = sums;
    this.encoder = encoder;
    channels = plane.channels();
    columns = new TapTable(horizontal);
    rows = new TapTable(vertical);
    line = new int[(horizontal.end - horizontal.first) * channels];
    ring = new int[rows.taps][horizontal.boxes * channels];
    blended = new int[horizontal.boxes * channels];
    values = new int[horizontal.outputs * channels];
  }

  /** Returns the bytes that an instance holds. */
  static long workingBytes(Axis horizontal, Axis vertical, int channels) {
    long tables =
        (horizontal.mostTaps() + 1L) * horizontal.outputs
            + (vertical.mostTaps() + 1L) * vertical.outputs;
    long sums = 2L * (horizontal.end - horizontal.first) * channels;
    long ring = (vertical.mostTaps() + 1L) * horizontal.boxes * channels;
    return Integer.BYTES * (tables + sums + ring + (long) horizontal.outputs * channels);
  }

  /** Returns the number of rows taken so far. */
  int nextRow() {
    return nextRow;
  }

  /** Returns the row from which on nothing is read. */
  int endRow() {
    return vertical.end;
  }

  /** Takes the next row. */
  void row(byte[] samples, int offset) {
    int y = nextRow++;
    if (y < vertical.first || y >= vertical.end) {
      return;
    }
    sums.add(samples, offset + horizontal.first * channels);
    int summed = y + 1 - vertical.first - nextBox * vertical.boxSize;
    if (summed == vertical.samplesIn(nextBox)) {
      sums.drain(line);
      shrinkLine(summed, ring[nextBox % ring.length]);
      nextBox++;
      while (nextOutput < vertical.outputs && rows.starts[nextOutput] + rows.taps <= nextBox) {
        blendRows(nextOutput);
        blendColumns();
        encoder.write(values, nextOutput);
        nextOutput++;
      }
    }
  }

  /** The horizontal half of the box means, which also separates the channels. */
  private void shrinkLine(int summedRows, int[] target) {
    int boxes = horizontal.boxes;
    int boxSize = horizontal.boxSize;
    int last = horizontal.samplesIn(boxes - 1);
    for (int c = 0; c < channels; c++) {
      shrink(c, boxSize, boxes - 1, reciprocal(summedRows * boxSize), target, c * boxes);
      int lastLine = (boxes - 1) * boxSize * channels + c;
      shrink(lastLine, last, 1, reciprocal(summedRows * last), target, (c + 1) * boxes - 1);
    }
  }

  private void shrink(int from, int boxSize, int boxes, long reciprocal, int[] target, int to) {
    int at = from;
    for (int x = 0; x < boxes; x++) {
      int sum = 0;
      for (int i = 0; i < boxSize; i++) {
        sum += line[at];
        at += channels;
      }
      target[to + x] =
          (int) ((sum * reciprocal + (1L << (RECIPROCAL_BITS - 1))) >>> RECIPROCAL_BITS);
    }
  }

  /** Returns the factor from a sum of {@code count} samples to their mean as a value. */
  private long reciprocal(int count) {
    long divisor = (long) count * sums.whitePerSample();
    return (((long) TransferFunction.ONE << RECIPROCAL_BITS) + divisor / 2) / divisor;
  }

  /** The vertical pass for one output row; four rows at a time save loads and stores. */
  private void blendRows(int output) {
    int taps = rows.taps;
    int box = rows.starts[output];
    int[] weights = rows.weights;
    int w = output * taps;
    Arrays.fill(blended, 1 << (TapTable.BITS - 1));
    int t = 0;
    for (; t + 4 <= taps; t += 4) {
      addFour(
          blended,
          ring[(box + t) % taps],
          ring[(box + t + 1) % taps],
          ring[(box + t + 2) % taps],
          ring[(box + t + 3) % taps],
          weights[w + t],
          weights[w + t + 1],
          weights[w + t + 2],
          weights[w + t + 3]);
    }
    for (; t < taps; t++) {
      addOne(blended, ring[(box + t) % taps], weights[w + t]);
    }
    for (int i = 0; i < blended.length; i++) {
      blended[i] >>= TapTable.BITS;
    }
  }

  private static void addFour(
      int[] sum, int[] r0, int[] r1, int[] r2, int[] r3, int w0, int w1, int w2, int w3) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += w0 * r0[i] + w1 * r1[i] + w2 * r2[i] + w3 * r3[i];
    }
  }

  private static void addOne(int[] sum, int[] row, int weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * row[i];
    }
  }

  /** The horizontal pass for one output row. */
  private void blendColumns() {
    int outputs = horizontal.outputs;
    for (int c = 0; c < channels; c++) {
      for (int x = 0; x < outputs; x++) {
        int sum = dot(c * horizontal.boxes + columns.starts[x], x * columns.taps);
        values[c * outputs + x] = sum >> TapTable.BITS;
      }
    }
  }

  private int dot(int from, int w) {
    int sum = 1 << (TapTable.BITS - 1);
    for (int t = 0; t < columns.taps; t++) {
      sum += blended[from + t] * columns.weights[w + t];
    }
    return sum;
  }
}
