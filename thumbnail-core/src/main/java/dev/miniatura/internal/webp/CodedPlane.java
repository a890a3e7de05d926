package dev.miniatura.internal.webp;

import java.util.Arrays;

/**
 * One plane of a frame being encoded: the samples to be coded, and the decoder's samples before its
 * loop filter. Both consist of complete macroblocks; if the picture ends within one, its last
 * samples are repeated.
 *
 * <p>The decoded samples are surrounded by those that predict edges, as in {@link PlaneBand}.
 */
final class CodedPlane {

  private static final int MARGIN = 4;

  /** Samples per side of a macroblock. */
  final int size;

  final byte[] source;
  final int sourceStride;
  final byte[] decoded;
  final int stride;

  CodedPlane(byte[] samples, int width, int height, int columns, int rows, int size) {
    this.size = size;
    sourceStride = columns * size;
    source = new byte[sourceStride * rows * size];
    for (int y = 0; y < rows * size; y++) {
      int from = Math.min(y, height - 1) * width;
      int to = y * sourceStride;
      System.arraycopy(samples, from, source, to, width);
      Arrays.fill(source, to + width, to + sourceStride, samples[from + width - 1]);
    }
    stride = sourceStride + 2 * MARGIN;
    decoded = new byte[stride * (rows * size + 1)];
    Arrays.fill(decoded, 0, stride, (byte) 127);
    for (int y = 1; y <= rows * size; y++) {
      decoded[y * stride + MARGIN - 1] = (byte) 129;
    }
  }

  /** Returns the index of the first sample of a macroblock. */
  int sourceAt(int row, int column) {
    return row * size * sourceStride + column * size;
  }

  /** Returns the index of its first decoded sample. */
  int at(int row, int column) {
    return (1 + row * size) * stride + MARGIN + column * size;
  }

  /** Ends a row, whose last sample stands for those to its right. */
  void endRow(int row) {
    int right = (1 + row * size + size - 1) * stride + MARGIN + sourceStride;
    Arrays.fill(decoded, right, right + MARGIN, decoded[right - 1]);
  }
}
