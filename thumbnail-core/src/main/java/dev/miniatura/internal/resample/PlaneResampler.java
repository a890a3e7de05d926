package dev.miniatura.internal.resample;

/**
 * Resamples one plane as its rows arrive.
 *
 * <pre>
 *  row ──► RowSums ──► ring of rows ──► VerticalPass ──► HorizontalPass ──► RowEncoder
 * </pre>
 *
 * <p>Means and values have {@value TransferFunction#BITS} fraction bits, weights {@value
 * TapTable#BITS}; the classes named explain why no int overflows. The error of the three roundings
 * and of the rounding of weights is far below one level.
 *
 * <p>C2 vectorizes the vertical pass, so that one goes first and leaves the horizontal pass only as
 * many rows as the output has.
 *
 * <p>Reference: {@code ReferenceResampler} in the tests, in double precision; the difference is at
 * most one level.
 */
final class PlaneResampler {

  private final Axis vertical;
  private final int rowStart;
  private final TapTable rows;
  private final RowSums sums;
  private final boolean unsummed; // rows enter the ring one by one
  private final int[][] ring;
  private final VerticalPass verticalPass;
  private final int[][] blended;
  private final HorizontalPass horizontalPass;
  private final int[][] values;
  private final RowEncoder encoder;

  private int nextRow;
  private int nextBox;
  private int nextOutput;

  PlaneResampler(TapTable columns, TapTable rows, int channels, RowSums sums, RowEncoder encoder) {
    Axis horizontal = columns.axis;
    this.rows = rows;
    this.sums = sums;
    this.encoder = encoder;
    vertical = rows.axis;
    rowStart = horizontal.first * channels;
    unsummed = horizontal.boxSize == 1 && vertical.boxSize == 1;
    int parts = sums.parts();
    int length = (horizontal.boxes * channels + parts - 1) / parts * parts;
    ring = new int[rows.taps][length];
    verticalPass = new VerticalPass(rows);
    blended = new int[HorizontalPass.ROWS][length];
    horizontalPass = new HorizontalPass(columns, channels, parts);
    values = new int[HorizontalPass.ROWS][horizontal.outputs * channels];
  }

  /** Returns the bytes that an instance and its arguments hold. */
  static long workingBytes(Axis horizontal, Axis vertical, int channels) {
    long tables =
        (3L * horizontal.mostTaps() + 1) * horizontal.outputs
            + (vertical.mostTaps() + 1L) * vertical.outputs;
    long lines = 2L * (horizontal.end - horizontal.first) * channels;
    long length = (long) (horizontal.boxes + QuarteredSums.EXTRA) * channels;
    long bands = (vertical.mostTaps() + 2L * HorizontalPass.ROWS) * length;
    long values = (long) HorizontalPass.ROWS * horizontal.outputs * channels;
    return Integer.BYTES * (tables + lines + bands + values);
  }

  /** Returns the number of rows taken so far. */
  int nextRow() {
    return nextRow;
  }

  /** Returns the row from which nothing more is read. */
  int endRow() {
    return vertical.end;
  }

  /** Receives the next row. */
  void row(byte[] samples, int offset) {
    int y = nextRow++;
    if (y < vertical.first || y >= vertical.end) {
      return;
    }
    int[] target = ring[nextBox % ring.length];
    if (unsummed) {
      sums.convert(samples, offset + rowStart, target);
      nextBox++;
      blendWhatIsComplete();
      return;
    }
    sums.add(samples, offset + rowStart);
    int summed = y + 1 - vertical.first - nextBox * vertical.boxSize;
    if (summed == vertical.samplesIn(nextBox)) {
      sums.means(summed, target);
      nextBox++;
      blendWhatIsComplete();
    }
  }

  private void blendWhatIsComplete() {
    int outputs = vertical.outputs;
    while (nextOutput < outputs && rows.starts[nextOutput] + rows.taps <= nextBox) {
      int slot = nextOutput % HorizontalPass.ROWS;
      verticalPass.blend(nextOutput, ring, blended[slot]);
      nextOutput++;
      if (slot == HorizontalPass.ROWS - 1 || nextOutput == outputs) {
        horizontalPass.blend(blended, values);
        for (int i = 0; i <= slot; i++) {
          encoder.write(values[i], nextOutput - 1 - slot + i);
        }
      }
    }
  }
}
