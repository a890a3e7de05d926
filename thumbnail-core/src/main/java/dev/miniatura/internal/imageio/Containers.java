package dev.miniatura.internal.imageio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.internal.exif.Exif;

/** Finds in a container's bytes what its ImageIO plugin does not tell. */
final class Containers {

  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  private Containers() {}

  /** Returns the EXIF orientation, 1 to 8; 1 if there is none. */
  static int orientation(String format, byte[] bytes) {
    return switch (format) {
      case "TIFF" -> Exif.orientation(bytes, 0, bytes.length);
      case "WEBP" -> webpOrientation(bytes);
      default -> 1;
    };
  }

  /** Walks the chunks of a WebP file (RFC 9649, section 2.3) to the one called EXIF. */
  private static int webpOrientation(byte[] bytes) {
    long at = RIFF_HEADER;
    while (at + CHUNK_HEADER <= bytes.length) {
      int start = (int) at + CHUNK_HEADER;
      long size = littleEndian(bytes, start - 4);
      if (new String(bytes, (int) at, 4, ISO_8859_1).equals("EXIF")) {
        int length = (int) Math.min(size, bytes.length - start);
        // Some writers keep the prefix that JPEG puts before the TIFF structure.
        boolean prefixed =
            length >= 6 && new String(bytes, start, 6, ISO_8859_1).equals("Exif\0\0");
        int skip = prefixed ? 6 : 0;
        return Exif.orientation(bytes, start + skip, length - skip);
      }
      at = start + size + (size & 1);
    }
    return 1;
  }

  private static long littleEndian(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | ((bytes[at + 1] & 0xff) << 8)
        | ((bytes[at + 2] & 0xff) << 16)
        | ((bytes[at + 3] & 0xffL) << 24);
  }
}
