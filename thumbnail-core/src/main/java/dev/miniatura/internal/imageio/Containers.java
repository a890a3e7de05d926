package dev.miniatura.internal.imageio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageMetadata;
import dev.miniatura.ImageInfo.Camera;
import dev.miniatura.internal.exif.Exif;
import dev.miniatura.internal.webp.Chunk;
import dev.miniatura.internal.webp.Riff;
import dev.miniatura.internal.webp.WebpContents;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.jspecify.annotations.Nullable;

/** Finds in a container's bytes what its ImageIO plugin does not tell. */
final class Containers {

  private static final int WEBP_ICC = 0x20;
  private static final int BMP_HEADER = 14;
  private static final int BMP_V5_HEADER = 124;
  private static final int BMP_COLOR_SPACE = 56;
  private static final int BMP_PROFILE_DATA = 112;
  private static final long PROFILE_EMBEDDED = 0x4d424544; // "MBED"
  private static final int ASSOCIATED_ALPHA = 1; // of ExtraSamples

  private Containers() {}

  /** Returns the EXIF orientation, 1 to 8; 1 if there is none. */
  static int orientation(String format, ImageReader reader, byte[] bytes) throws IOException {
    return switch (format) {
      case "TIFF", "BIGTIFF" -> {
        int value = tiffNumber(format, reader, TIFF.TAG_ORIENTATION);
        yield value >= 1 && value <= 8 ? value : 1;
      }
      case "WEBP" -> WebpContents.read(bytes).orientation();
      case "JPEG" -> {
        int start = jpegExif(bytes);
        yield Exif.orientation(bytes, start, bytes.length - start);
      }
      default -> 1;
    };
  }

  /** Returns what EXIF says of the camera; the fields of a TIFF are the same. */
  static Camera camera(String format, byte[] bytes) {
    return switch (format) {
      case "TIFF" -> Exif.camera(bytes, 0, bytes.length);
      case "WEBP" -> WebpContents.read(bytes).camera();
      case "JPEG" -> {
        int start = jpegExif(bytes);
        yield Exif.camera(bytes, start, bytes.length - start);
      }
      default -> Camera.unknown();
    };
  }

  /**
   * Returns whether colors are multiplied with alpha (TIFF 6.0, section 18), which no plugin tells.
   */
  static boolean associatedAlpha(String format, ImageReader reader) throws IOException {
    return tiffNumber(format, reader, TIFF.TAG_EXTRA_SAMPLES) == ASSOCIATED_ALPHA;
  }

  /** Returns the color profile in a file whose plugin drops it, or those it dislikes. */
  static byte @Nullable [] profile(String format, ImageReader reader, byte[] bytes)
      throws IOException {
    return switch (format) {
      case "TIFF", "BIGTIFF" ->
          tiffValue(format, reader, TIFF.TAG_ICC_PROFILE) instanceof byte[] profile
              ? profile
              : null;
      case "BMP" -> bmpProfile(bytes);
      case "WEBP" -> WebpContents.read(bytes).iccProfile();
      default -> null;
    };
  }

  /** Reads the profile that a BITMAPV5HEADER embeds; its offset counts from that header. */
  private static byte @Nullable [] bmpProfile(byte[] bytes) {
    boolean embedded =
        bytes.length >= BMP_HEADER + BMP_V5_HEADER
            && littleEndian(bytes, BMP_HEADER) >= BMP_V5_HEADER
            && littleEndian(bytes, BMP_HEADER + BMP_COLOR_SPACE) == PROFILE_EMBEDDED;
    if (!embedded) {
      return null;
    }
    long start = BMP_HEADER + littleEndian(bytes, BMP_HEADER + BMP_PROFILE_DATA);
    long size = littleEndian(bytes, BMP_HEADER + BMP_PROFILE_DATA + 4);
    long end = Math.min(start + size, bytes.length);
    return start < end ? Arrays.copyOfRange(bytes, (int) start, (int) end) : new byte[0];
  }

  /** Returns the first number of a field, 0 without it. */
  private static int tiffNumber(String format, ImageReader reader, int tag) throws IOException {
    Object value = tiffValue(format, reader, tag);
    if (value instanceof Number number) {
      return number.intValue();
    }
    return value instanceof int[] numbers && numbers.length > 0 ? numbers[0] : 0;
  }

  /** Returns the value of a field in the first directory; null without it, or without TIFF. */
  private static @Nullable Object tiffValue(String format, ImageReader reader, int tag)
      throws IOException {
    if (!format.endsWith("TIFF")) {
      return null;
    }
    IIOMetadata metadata = reader.getImageMetadata(0);
    Entry field = metadata instanceof TIFFImageMetadata tiff ? tiff.getTIFFField(tag) : null;
    return field == null ? null : field.getValue();
  }

  /**
   * Walks the segments of a JPEG (T.81, B.1.1.4) to the APP1 that holds EXIF.
   *
   * @return where its structure begins; the end of the bytes if there is none
   */
  private static int jpegExif(byte[] bytes) {
    int at = 2; // after SOI
    while (at + 4 <= bytes.length && bytes[at] == (byte) 0xff && bytes[at + 1] != (byte) 0xda) {
      int length = ((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff);
      int start = at + 4;
      int end = Math.min(bytes.length, at + 2 + length);
      if (bytes[at + 1] == (byte) 0xe1 && hasExifPrefix(bytes, start, end)) {
        return start + 6;
      }
      at += 2 + Math.max(2, length);
    }
    return bytes.length;
  }

  /**
   * Returns the bytes for a plugin: those of a WebP with a profile say that there is none, for the
   * plugin would convert the whole picture by the JDK's color engine.
   */
  static byte[] withoutProfile(String format, byte[] bytes) {
    Riff riff = Riff.file(bytes);
    boolean extended = format.equals("WEBP") && riff.next() && riff.name().equals("VP8X");
    Chunk header = extended ? riff.chunk() : Chunk.NONE;
    if (!header.isPresent() || (bytes[header.start()] & WEBP_ICC) == 0) {
      return bytes;
    }
    byte[] copy = bytes.clone();
    copy[header.start()] &= ~WEBP_ICC;
    return copy;
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
