package dev.miniatura.internal.jpeg.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * A frame header (T.81, B.2.2) and values derived from it.
 *
 * @param arithmetic whether the coding is arithmetic instead of Huffman
 * @param hMax largest horizontal sampling factor
 * @param vMax largest vertical sampling factor
 * @param mcusX MCUs per row of an interleaved scan
 * @param mcusY MCU rows of an interleaved scan
 */
record FrameHeader(
    boolean progressive,
    boolean arithmetic,
    int width,
    int height,
    int hMax,
    int vMax,
    int mcusX,
    int mcusY,
    List<FrameComponent> components) {

  /**
   * Builds the header.
   *
   * @param specs for each component its identifier, sampling factors and quantization table, as
   *     coded: C, H and V in one byte, Tq
   */
  static FrameHeader of(
      boolean progressive, boolean arithmetic, int width, int height, int[][] specs) {
    int hMax = 1;
    int vMax = 1;
    for (int[] spec : specs) {
      hMax = Math.max(hMax, spec[1] >> 4);
      vMax = Math.max(vMax, spec[1] & 15);
    }
    int mcusX = ceilDivide(width, 8 * hMax);
    int mcusY = ceilDivide(height, 8 * vMax);
    List<FrameComponent> components = new ArrayList<>(specs.length);
    for (int[] spec : specs) {
      int h = spec[1] >> 4;
      int v = spec[1] & 15;
      components.add(
          new FrameComponent(
              components.size(),
              spec[0],
              h,
              v,
              spec[2],
              ceilDivide(ceilDivide((long) width * h, hMax), 8),
              ceilDivide(ceilDivide((long) height * v, vMax), 8),
              mcusX * h,
              mcusY * v));
    }
    return new FrameHeader(
        progressive, arithmetic, width, height, hMax, vMax, mcusX, mcusY, List.copyOf(components));
  }

  private static int ceilDivide(long numerator, int denominator) {
    return (int) ((numerator + denominator - 1) / denominator);
  }
}
