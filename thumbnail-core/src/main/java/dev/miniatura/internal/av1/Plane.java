package dev.miniatura.internal.av1;

/**
 * Samples of one plane: all of them, or a band of rows that moves down. Sample (x, y) is at {@code
 * origin + y * stride + x}.
 */
final class Plane {

  final short[] samples;
  final int stride;
  int origin;

  /** Creates a plane with room for a number of rows, starting with row 0. */
  Plane(int width, int rows) {
    stride = width;
    samples = new short[width * rows];
  }

  /** Returns the bytes of a plane. */
  static long bytes(int width, int rows) {
    return 2L * width * rows;
  }

  int at(int x, int y) {
    return origin + y * stride + x;
  }
}
