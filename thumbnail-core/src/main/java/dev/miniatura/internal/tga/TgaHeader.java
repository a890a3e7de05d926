package dev.miniatura.internal.tga;

import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.Optional;

/**
 * The first 18 bytes of a valid file (Truevision TGA file format specification 2.0).
 *
 * @param depth bits of a pixel as stored
 * @param mapFirst the pixel value of the color map's first entry
 * @param mapBits bits of an entry of the color map
 * @param attributes bits of a pixel that are not color
 * @param mirrored whether rows go from right to left
 * @param topFirst whether the first row is the topmost
 * @param mapStart position of the color map
 * @param start position of the picture
 */
record TgaHeader(
    Kind kind,
    boolean runs,
    int width,
    int height,
    int depth,
    int mapFirst,
    int mapCount,
    int mapBits,
    int attributes,
    boolean mirrored,
    boolean topFirst,
    long mapStart,
    long start) {

  static final int BYTES = 18;

  /** The kind of pixels. */
  enum Kind {
    PALETTE,
    COLOR,
    GRAY
  }

  /**
   * Reads the header; empty if it is not valid, which is the only test since there is no signature.
   */
  static Optional<TgaHeader> read(SourceBytes bytes) throws IOException {
    byte[] header = bytes.slice(0, BYTES);
    if (header.length < BYTES) {
      return Optional.empty();
    }
    int type = header[2] & 0xff;
    boolean runs = type >= 8;
    int mapCount = u16(header, 5);
    int mapBits = header[7] & 0xff;
    int depth = header[16] & 0xff;
    boolean map = header[1] == 1;
    Kind kind;
    boolean known;
    switch (type & 7) {
      case 1 -> {
        kind = Kind.PALETTE;
        known = map && (depth == 8 || depth == 16) && isColor(mapBits);
      }
      case 2 -> {
        kind = Kind.COLOR;
        known = isColor(depth);
      }
      case 3 -> {
        kind = Kind.GRAY;
        known = depth == 8 || depth == 16 || (depth == 1 && !runs);
      }
      default -> {
        return Optional.empty(); // compressions that are not in use
      }
    }
    int width = u16(header, 12);
    int height = u16(header, 14);
    if (!known || width == 0 || height == 0) {
      return Optional.empty();
    }
    long mapStart = (long) BYTES + (header[0] & 0xff);
    long mapBytes = map ? (long) mapCount * ((mapBits + 7) / 8) : 0;
    int descriptor = header[17];
    return Optional.of(
        new TgaHeader(
            kind,
            runs,
            width,
            height,
            depth,
            u16(header, 3),
            mapCount,
            mapBits,
            descriptor & 15,
            (descriptor & 16) != 0,
            (descriptor & 32) != 0,
            mapStart,
            mapStart + mapBytes));
  }

  private static boolean isColor(int bits) {
    return bits == 15 || bits == 16 || bits == 24 || bits == 32;
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  /** Returns whether pixels have alpha, which may nevertheless be meaningless. */
  boolean alpha() {
    return switch (kind) {
      case PALETTE -> mapBits == 32;
      case COLOR -> depth == 32;
      case GRAY -> depth == 16 && attributes == 8;
    };
  }

  int pixelBytes() {
    return (depth + 7) / 8;
  }

  /** Returns the bytes of a row; pixels share bytes only at one bit per pixel. */
  int rowBytes() {
    return depth == 1 ? (width + 7) / 8 : width * pixelBytes();
  }
}
