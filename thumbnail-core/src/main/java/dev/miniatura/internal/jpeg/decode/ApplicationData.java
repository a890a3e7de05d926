package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.exif.Exif;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.jpeg.Marker;
import dev.miniatura.internal.raster.ColorKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content of the application segments: JFIF, Adobe, EXIF orientation, ICC profile. */
public final class ApplicationData {

  private static final byte[] JFIF = ascii("JFIF\0");
  private static final byte[] EXIF = ascii("Exif\0");
  private static final int EXIF_HEADER_BYTES = 6; // a zero and a pad byte follow the name
  private static final byte[] ICC = ascii("ICC_PROFILE\0");
  private static final byte[] ADOBE = ascii("Adobe");
  private static final int ADOBE_BYTES = 12;
  private static final int ADOBE_TRANSFORM_AT = 11;
  private static final int NO_ADOBE = -1;

  private boolean jfif;
  private int adobeTransform = NO_ADOBE;
  private int orientation; // 0: no EXIF segment yet
  private Camera camera = Camera.unknown();
  private boolean adobeRgb;
  private byte @Nullable [] @Nullable [] iccChunks; // index 0 is the first chunk's
  private boolean iccBroken;

  /** Reads the content of an APPn segment, without its length. */
  void read(int marker, byte[] array, int at, int length) throws IOException {
    if (marker == Marker.APP0 && startsWith(array, at, length, JFIF)) {
      jfif = true;
    } else if (marker == Marker.APP1 && orientation == 0 && startsWith(array, at, length, EXIF)) {
      int skip = Math.min(EXIF_HEADER_BYTES, length);
      SourceBytes exif = SourceBytes.of(array, at + skip, at + length);
      orientation = Exif.orientation(exif);
      camera = Exif.camera(exif);
      adobeRgb = Exif.isAdobeRgb(exif);
    } else if (marker == Marker.APP2 && startsWith(array, at, length, ICC)) {
      readIccChunk(array, at + ICC.length, length - ICC.length);
    } else if (marker == Marker.APP14
        && length >= ADOBE_BYTES
        && startsWith(array, at, length, ADOBE)) {
      adobeTransform = array[at + ADOBE_TRANSFORM_AT] & 0xff;
    }
  }

  /** ICC.1, B.4: one byte number from 1, one byte count, then the chunk. */
  private void readIccChunk(byte[] array, int at, int length) {
    int number = length < 2 ? 0 : array[at] & 0xff;
    int count = length < 2 ? 0 : array[at + 1] & 0xff;
    if (iccChunks == null) {
      iccChunks = new byte[count][];
    }
    if (number == 0
        || number > count
        || count != iccChunks.length
        || iccChunks[number - 1] != null) {
      iccBroken = true;
    } else {
      iccChunks[number - 1] = Arrays.copyOfRange(array, at + 2, at + length);
    }
  }

  /** Returns the EXIF orientation, 1 to 8. */
  public int orientation() {
    return Math.max(1, orientation);
  }

  /** Returns the camera data from EXIF. */
  public Camera camera() {
    return camera;
  }

  /** Returns whether EXIF says that the camera was set to Adobe RGB. */
  boolean isAdobeRgb() {
    return adobeRgb;
  }

  /** Returns whether there are ICC chunks that do not form a profile. */
  boolean isIccBroken() {
    return iccChunks != null && joinedLength() < 0;
  }

  boolean hasIccProfile() {
    return iccChunks != null && joinedLength() >= 0;
  }

  /** Returns the profile, or null if there is none or chunks of it are missing. */
  byte @Nullable [] iccProfile() {
    byte @Nullable [] @Nullable [] chunks = iccChunks;
    int length = joinedLength();
    if (chunks == null || length < 0) {
      return null;
    }
    byte[] profile = new byte[length];
    int at = 0;
    for (byte @Nullable [] chunk : chunks) {
      if (chunk != null) {
        System.arraycopy(chunk, 0, profile, at, chunk.length);
        at += chunk.length;
      }
    }
    return profile;
  }

  private int joinedLength() {
    if (iccChunks == null || iccBroken) {
      return -1;
    }
    int length = 0;
    for (byte @Nullable [] chunk : iccChunks) {
      if (chunk == null) {
        return -1;
      }
      length += chunk.length;
    }
    return length;
  }

  /**
   * Returns whether ink amounts are stored inverted. They always are, as Adobe's applications write
   * them: with or without Adobe's marker, all other software expects it.
   */
  static boolean isInverted(ColorKind color) {
    return color == ColorKind.CMYK || color == ColorKind.YCCK;
  }

  /**
   * Returns the components' meaning. JFIF allows only YCbCr; next, Adobe's transform flag decides,
   * then the identifiers 'R', 'G', 'B'; otherwise it is YCbCr.
   */
  ColorKind color(List<FrameComponent> components) {
    return switch (components.size()) {
      case 1, 2 -> ColorKind.GRAY;
      case 3 -> isRgb(components) ? ColorKind.RGB : ColorKind.YCBCR;
      default -> adobeTransform > 0 ? ColorKind.YCCK : ColorKind.CMYK; // 1 is as good as 2
    };
  }

  private boolean isRgb(List<FrameComponent> components) {
    if (jfif) {
      return false;
    }
    return adobeTransform == NO_ADOBE
        ? components.get(0).id() == 'R'
            && components.get(1).id() == 'G'
            && components.get(2).id() == 'B'
        : adobeTransform == 0;
  }

  private static boolean startsWith(byte[] array, int at, int length, byte[] name) {
    return length >= name.length
        && Arrays.equals(array, at, at + name.length, name, 0, name.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
