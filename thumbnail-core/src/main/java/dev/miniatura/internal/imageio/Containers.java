package dev.miniatura.internal.imageio;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageMetadata;
import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.exif.Exif;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.jspecify.annotations.Nullable;

/** Finds information in a file that its ImageIO plugin does not provide. */
final class Containers {

  private static final int ICNS_HEADER = 8; // of the file and of each entry
  private static final int JP2_BOX = 0x6a502020; // "jP  "
  private static final int JPEG_2000_CODESTREAM = 0xff4fff51;
  private static final int ASSOCIATED_ALPHA = 1; // of ExtraSamples

  private Containers() {}

  /**
   * Returns the orientation, 1 to 8.
   *
   * @param known the orientation unless a TIFF field says otherwise
   */
  static int orientation(Container container, ImageReader reader, int known) throws IOException {
    int value = tiffNumber(container, reader, TIFF.TAG_ORIENTATION);
    return value >= 1 && value <= 8 ? value : known;
  }

  /**
   * Returns the camera; the fields of a TIFF are those of EXIF.
   *
   * @param known the camera unless it is a TIFF
   */
  static Camera camera(Container container, SourceBytes bytes, Camera known) throws IOException {
    return container == Container.TIFF ? Exif.camera(bytes) : known;
  }

  /**
   * Returns whether colors are premultiplied by alpha (TIFF 6.0, section 18), which no plugin
   * reports.
   */
  static boolean associatedAlpha(Container container, ImageReader reader) throws IOException {
    return tiffNumber(container, reader, TIFF.TAG_EXTRA_SAMPLES) == ASSOCIATED_ALPHA;
  }

  /** Returns the color profile in a TIFF, since the plugin drops profiles it does not accept. */
  static byte @Nullable [] profile(Container container, ImageReader reader) throws IOException {
    return tiffValue(container, reader, TIFF.TAG_ICC_PROFILE) instanceof byte[] profile
        ? profile
        : null;
  }

  /** Returns the first number of a field, 0 if it is missing. */
  private static int tiffNumber(Container container, ImageReader reader, int tag)
      throws IOException {
    Object value = tiffValue(container, reader, tag);
    if (value instanceof Number number) {
      return number.intValue();
    }
    return value instanceof int[] numbers && numbers.length > 0 ? numbers[0] : 0;
  }

  /**
   * Returns the value of a field in the first directory; null if it is missing or the file is not a
   * TIFF.
   */
  private static @Nullable Object tiffValue(Container container, ImageReader reader, int tag)
      throws IOException {
    if (container != Container.TIFF && container != Container.BIGTIFF) {
      return null;
    }
    IIOMetadata metadata = reader.getImageMetadata(0);
    Entry field = metadata instanceof TIFFImageMetadata tiff ? tiff.getTIFFField(tag) : null;
    return field == null ? null : field.getValue();
  }

  /** Returns whether one of the pictures in an ICNS file is JPEG 2000 (ISO/IEC 15444-1). */
  static boolean hasJpeg2000(SourceBytes bytes) throws IOException {
    long at = ICNS_HEADER;
    byte[] entry = bytes.slice(at, at + 2 * ICNS_HEADER);
    while (entry.length == 2 * ICNS_HEADER) {
      ByteBuffer numbers = ByteBuffer.wrap(entry);
      if (numbers.getInt(12) == JP2_BOX || numbers.getInt(8) == JPEG_2000_CODESTREAM) {
        return true;
      }
      at += Math.max(ICNS_HEADER, Integer.toUnsignedLong(numbers.getInt(4)));
      entry = bytes.slice(at, at + 2 * ICNS_HEADER);
    }
    return false;
  }
}
