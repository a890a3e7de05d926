package dev.miniatura.internal.imageio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageMetadata;
import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.exif.Exif;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.jspecify.annotations.Nullable;

/** Finds in a file what its ImageIO plugin does not tell. */
final class Containers {

  private static final int EXIF_PREFIX = 6;
  private static final int BMP_HEADER = 14;
  private static final int BMP_V5_HEADER = 124;
  private static final int BMP_COLOR_SPACE = 56;
  private static final int BMP_PROFILE_DATA = 112;
  private static final long PROFILE_EMBEDDED = 0x4d424544; // "MBED"
  private static final int ASSOCIATED_ALPHA = 1; // of ExtraSamples

  private Containers() {}

  /** Returns the EXIF orientation, 1 to 8; 1 if there is none. */
  static int orientation(Container container, ImageReader reader, SourceBytes bytes)
      throws IOException {
    return switch (container) {
      case TIFF, BIGTIFF -> {
        int value = tiffNumber(container, reader, TIFF.TAG_ORIENTATION);
        yield value >= 1 && value <= 8 ? value : 1;
      }
      case JPEG -> Exif.orientation(jpegExif(bytes));
      default -> 1;
    };
  }

  /** Returns what EXIF says of the camera; the fields of a TIFF are the same. */
  static Camera camera(Container container, SourceBytes bytes) throws IOException {
    return switch (container) {
      case TIFF -> Exif.camera(bytes);
      case JPEG -> Exif.camera(jpegExif(bytes));
      default -> Camera.unknown();
    };
  }

  /**
   * Returns whether colors are multiplied with alpha (TIFF 6.0, section 18), which no plugin tells.
   */
  static boolean associatedAlpha(Container container, ImageReader reader) throws IOException {
    return tiffNumber(container, reader, TIFF.TAG_EXTRA_SAMPLES) == ASSOCIATED_ALPHA;
  }

  /** Returns the color profile in a file whose plugin drops it, or those it dislikes. */
  static byte @Nullable [] profile(Container container, ImageReader reader, SourceBytes bytes)
      throws IOException {
    return switch (container) {
      case TIFF, BIGTIFF ->
          tiffValue(container, reader, TIFF.TAG_ICC_PROFILE) instanceof byte[] profile
              ? profile
              : null;
      case BMP -> bmpProfile(bytes);
      default -> null;
    };
  }

  /** Reads the profile that a BITMAPV5HEADER embeds; its offset counts from that header. */
  private static byte @Nullable [] bmpProfile(SourceBytes bytes) throws IOException {
    byte[] header = bytes.slice(BMP_HEADER, BMP_HEADER + BMP_V5_HEADER);
    boolean embedded =
        header.length == BMP_V5_HEADER
            && littleEndian(header, 0) >= BMP_V5_HEADER
            && littleEndian(header, BMP_COLOR_SPACE) == PROFILE_EMBEDDED;
    if (!embedded) {
      return null;
    }
    long start = BMP_HEADER + littleEndian(header, BMP_PROFILE_DATA);
    return bytes.slice(start, start + littleEndian(header, BMP_PROFILE_DATA + 4));
  }

  /** Returns the first number of a field, 0 without it. */
  private static int tiffNumber(Container container, ImageReader reader, int tag)
      throws IOException {
    Object value = tiffValue(container, reader, tag);
    if (value instanceof Number number) {
      return number.intValue();
    }
    return value instanceof int[] numbers && numbers.length > 0 ? numbers[0] : 0;
  }

  /** Returns the value of a field in the first directory; null without it, or without TIFF. */
  private static @Nullable Object tiffValue(Container container, ImageReader reader, int tag)
      throws IOException {
    if (container != Container.TIFF && container != Container.BIGTIFF) {
      return null;
    }
    IIOMetadata metadata = reader.getImageMetadata(0);
    Entry field = metadata instanceof TIFFImageMetadata tiff ? tiff.getTIFFField(tag) : null;
    return field == null ? null : field.getValue();
  }

  /** Returns what EXIF a JPEG has in its segments (T.81, B.1.1.4), which may be nothing. */
  private static SourceBytes jpegExif(SourceBytes bytes) throws IOException {
    long at = 2; // after SOI
    byte[] header = bytes.slice(at, at + 4);
    while (header.length == 4 && header[0] == (byte) 0xff && header[1] != (byte) 0xda) {
      int length = ((header[2] & 0xff) << 8) | (header[3] & 0xff);
      if (header[1] == (byte) 0xe1) {
        byte[] segment = bytes.slice(at + 4, at + 2 + length);
        if (hasExifPrefix(segment)) {
          return SourceBytes.of(Arrays.copyOfRange(segment, EXIF_PREFIX, segment.length));
        }
      }
      at += 2 + Math.max(2, length);
      header = bytes.slice(at, at + 4);
    }
    return SourceBytes.of(new byte[0]);
  }

  private static boolean hasExifPrefix(byte[] segment) {
    return segment.length >= EXIF_PREFIX
        && new String(segment, 0, EXIF_PREFIX, ISO_8859_1).equals("Exif\0\0");
  }

  private static long littleEndian(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | ((bytes[at + 1] & 0xff) << 8)
        | ((bytes[at + 2] & 0xff) << 16)
        | ((bytes[at + 3] & 0xffL) << 24);
  }
}
