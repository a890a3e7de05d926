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
      case "JPEG" -> jpegOrientation(bytes);
      default -> 1;
    };
  }

  /** Walks the segments of a JPEG (T.81, B.1.1.4) to the APP1 that holds EXIF. */
  private static int jpegOrientation(byte[] bytes) {
    int at = 2; // after SOI
    while (at + 4 <= bytes.length && bytes[at] == (byte) 0xff && bytes[at + 1] != (byte) 0xda) {
      int length = ((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff);
      int start = at + 4;
      int end = Math.min(bytes.length, at + 2 + length);
      if (bytes[at + 1] == (byte) 0xe1 && hasExifPrefix(bytes, start, end)) {
        return Exif.orientation(bytes, start + 6, end - start - 6);
      }
      at += 2 + Math.max(2, length);
    }
    return 1;
  }

  /** Walks the chunks of a WebP file (RFC 9649, section 2.3) to the one called EXIF. */
  private static int webpOrientation(byte[] bytes) {
    long at = RIFF_HEADER;
    while (at + CHUNK_HEADER <= bytes.length) {
      int start = (int) at + CHUNK_HEADER;
      long size = littleEndian(bytes, start - 4);
      if (new String(bytes, (int) at, 4, ISO_8859_1).equals("EXIF")) {
        int end = (int) Math.min(start + size, bytes.length);
        // Some writers keep the prefix that belongs to JPEG.
        int tiff = hasExifPrefix(bytes, start, end) ? start + 6 : start;
        return Exif.orientation(bytes, tiff, end - tiff);
      }
      at = start + size + (size & 1);
    }
    return 1;
  }

  private static boolean hasExifPrefix(byte[] bytes, int start, int end) {
    return end - start >= 6 && new String(bytes, start, 6, ISO_8859_1).equals("Exif\0\0");
  }

  private static long littleEndian(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | ((bytes[at + 1] & 0xff) << 8)
        | ((bytes[at + 2] & 0xff) << 16)
        | ((bytes[at + 3] & 0xffL) << 24);
  }
}
