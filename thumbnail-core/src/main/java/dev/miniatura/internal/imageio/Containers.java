package dev.miniatura.internal.imageio;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageMetadata;
import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.exif.Exif;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.jspecify.annotations.Nullable;

/** Finds information in a file that its ImageIO plugin does not provide. */
final class Containers {

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
}
