package dev.miniatura.internal.webp;

import java.util.Arrays;

/**
 * Two rows of macroblocks of one plane: the previous one, completely filtered except for its lower
 * edge, and the current one. Prediction uses unfiltered samples above (RFC 6386, section 15), for
 * which {@link #beginRow} replaces the lowest sample row of the previous one, until {@link
 * #endRow}.
 *
 * <p>Samples outside the frame, which predict edges (section 12.2), are stored around: 129 to the
 * left, 127 above and in the corner, and the last sample of the row above repeated to its right.
 */
final class PlaneBand {

  private static final int MARGIN = 4;

  final byte[] samples;
  final int stride;

  /** Samples per side of a macroblock. */
  final int size;

  private final byte[] unfiltered;
  private final byte[] filtered;

  PlaneBand(int macroblocks, int size) {
    this.size = size;
    stride = macroblocks * size + 2 * MARGIN;
    samples = new byte[2 * size * stride];
    filtered = new byte[stride];
    unfiltered = new byte[stride];
    Arrays.fill(unfiltered, (byte) 127);
    for (int y = size; y < 2 * size; y++) {
      samples[y * stride + MARGIN - 1] = (byte) 129;
    }
  }

  /** Returns the approximate number of bytes of a band. */
  static long workingBytes(int macroblocks, int size) {
    return (2L * size + 2) * (macroblocks * size + 2 * MARGIN);
  }

  /** Returns the index of the current row's macroblock. */
  int at(int macroblock) {
    return size * stride + MARGIN + macroblock * size;
  }

  /** Returns the index of a sample row in the previous row of macroblocks. */
  int before(int y) {
    return y * stride + MARGIN;
  }

  /** Prepares for the prediction of the current row. */
  void beginRow() {
    int above = (size - 1) * stride;
    System.arraycopy(samples, above, filtered, 0, stride);
    System.arraycopy(unfiltered, 0, samples, above, stride);
  }

  /** Ends the prediction of the current row, which can now be filtered. */
  void endRow() {
    System.arraycopy(filtered, 0, samples, (size - 1) * stride, stride);
    int last = (2 * size - 1) * stride;
    int right = last + stride - MARGIN;
    Arrays.fill(samples, right, right + MARGIN, samples[right - 1]);
    System.arraycopy(samples, last, unfiltered, 0, stride);
  }

  /** Makes the current row the previous one. */
  void shift() {
    System.arraycopy(samples, size * stride, samples, 0, size * stride);
  }

  /** Makes the current row gray, starting from a macroblock. */
  void fillGray(int macroblock) {
    int from = at(macroblock);
    int end = stride - MARGIN - macroblock * size - MARGIN;
    for (int y = 0; y < size; y++, from += stride) {
      Arrays.fill(samples, from, from + end, (byte) 128);
    }
  }
}
