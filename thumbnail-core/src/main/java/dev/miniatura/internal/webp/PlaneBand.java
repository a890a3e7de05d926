package dev.miniatura.internal.webp;

import java.util.Arrays;

/**
 * Two rows of macroblocks of one plane: the one before, all filtered but for its lower edge, and
 * the current one. Prediction sees what is above before it is filtered (RFC 6386, section 15), for
 * which {@link #beginRow} changes the lowest row of the one before, until {@link #endRow}.
 *
 * <p>Samples beyond the frame, by which edges are predicted (section 12.2), are stored around: 129
 * to the left, 127 above with the corner, and to the right of the row above its last sample again.
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

  /** Returns the bytes that a band takes, about. */
  static long workingBytes(int macroblocks, int size) {
    return (2L * size + 2) * (macroblocks * size + 2 * MARGIN);
  }

  /** Returns the index of the current row's macroblock. */
  int at(int macroblock) {
    return size * stride + MARGIN + macroblock * size;
  }

  /** Returns the index of a sample row in the row of macroblocks before. */
  int before(int y) {
    return y * stride + MARGIN;
  }

  /** Prepares for the prediction of the current row. */
  void beginRow() {
    int above = (size - 1) * stride;
    System.arraycopy(samples, above, filtered, 0, stride);
    System.arraycopy(unfiltered, 0, samples, above, stride);
  }

  /** Ends the prediction of the current row, which is to be filtered now. */
  void endRow() {
    System.arraycopy(filtered, 0, samples, (size - 1) * stride, stride);
    int last = (2 * size - 1) * stride;
    int right = last + stride - MARGIN;
    Arrays.fill(samples, right, right + MARGIN, samples[right - 1]);
    System.arraycopy(samples, last, unfiltered, 0, stride);
  }

  /** Makes the current row the one before. */
  void shift() {
    System.arraycopy(samples, size * stride, samples, 0, size * stride);
  }

  /** Makes the current row gray from a macroblock on. */
  void fillGray(int macroblock) {
    int from = at(macroblock);
    int end = stride - MARGIN - macroblock * size - MARGIN;
    for (int y = 0; y < size; y++, from += stride) {
      Arrays.fill(samples, from, from + end, (byte) 128);
    }
  }
}
