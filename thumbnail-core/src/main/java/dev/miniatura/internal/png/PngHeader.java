package dev.miniatura.internal.png;

import dev.miniatura.MalformedImageException;

/**
 * The IHDR chunk (PNG, third edition, section 11.2.1).
 *
 * @param depth bits per sample, or per palette index
 */
record PngHeader(int width, int height, int depth, ColorType colorType, boolean interlaced) {

  /** Bytes of an IHDR chunk. */
  static final int BYTES = 13;

  /** How a pixel is stored. */
  enum ColorType {
    GRAY(1, "gray"),
    RGB(3, "RGB"),
    PALETTE(1, "palette"),
    GRAY_ALPHA(2, "gray with alpha"),
    RGB_ALPHA(4, "RGB with alpha");

    final int samples;
    final String words;

    ColorType(int samples, String words) {
      this.samples = samples;
      this.words = words;
    }
  }

  /**
   * Reads an IHDR chunk.
   *
   * @param offset where it starts in the source, for errors
   */
  static PngHeader parse(byte[] data, long offset) throws MalformedImageException {
    int width = Chunks.u31(data, 0);
    int height = Chunks.u31(data, 4);
    int depth = data[8];
    ColorType type =
        switch (data[9]) {
          case 0 -> ColorType.GRAY;
          case 2 -> ColorType.RGB;
          case 3 -> ColorType.PALETTE;
          case 4 -> ColorType.GRAY_ALPHA;
          case 6 -> ColorType.RGB_ALPHA;
          default -> throw malformed(offset + 9, "unknown color type " + (data[9] & 0xff));
        };
    if (width <= 0 || height <= 0) {
      throw malformed(offset, "width or height is not between 1 and 2^31 − 1");
    }
    boolean depthFits =
        switch (type) {
          case GRAY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          default -> depth == 8 || depth == 16;
        };
    if (!depthFits) {
      throw malformed(offset + 8, "bit depth " + depth + " with color type " + data[9]);
    }
    if (data[10] != 0 || data[11] != 0) {
      throw malformed(offset + 10, "unknown compression or filter method");
    }
    if (data[12] != 0 && data[12] != 1) {
      throw malformed(offset + 12, "unknown interlace method");
    }
    return new PngHeader(width, height, depth, type, data[12] == 1);
  }

  private static MalformedImageException malformed(long offset, String reason) {
    return new MalformedImageException(Chunks.FORMAT, offset, reason);
  }

  /** Returns the header of an image of another size. */
  PngHeader ofSize(int otherWidth, int otherHeight) {
    return new PngHeader(otherWidth, otherHeight, depth, colorType, interlaced);
  }

  /** Returns the bytes of a row of {@code pixels} pixels, without the filter type. */
  long rowBytes(int pixels) {
    return ((long) pixels * depth * colorType.samples + 7) / 8;
  }

  /**
   * Returns the distance in bytes to the left neighbor used by filters: the size of a pixel,
   * rounded up (9.2).
   */
  int filterDistance() {
    return Math.max(1, depth * colorType.samples / 8);
  }
}
