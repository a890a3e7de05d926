package dev.miniatura.internal.raster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layout in which a decoder delivers an image: planes whose channels, in order, are those of
 * {@code color}, then alpha. JPEG and opaque lossy WebP deliver one plane per component, each at
 * its own resolution; all others deliver one plane with all channels interleaved.
 *
 * @param width image width in pixels as stored, before orientation
 * @param height image height in pixels as stored
 * @param color meaning of the color channels
 * @param alpha whether a straight (not premultiplied) alpha channel follows the color channels
 * @param planes the planes, their channels adding up to the layout's
 * @param iccProfile the embedded profile's bytes, or null
 * @param weights the luma weights of YCBCR and YCCK
 */
public record RasterLayout(
    int width,
    int height,
    ColorKind color,
    boolean alpha,
    List<Plane> planes,
    @SuppressWarnings("ArrayRecordComponent") byte @Nullable [] iccProfile,
    LumaWeights weights) {

  /** Creates a layout whose luma, if any, is that of JFIF. */
  public RasterLayout(
      int width,
      int height,
      ColorKind color,
      boolean alpha,
      List<Plane> planes,
      byte @Nullable [] iccProfile) {
    this(width, height, color, alpha, planes, iccProfile, LumaWeights.BT601);
  }

  /** Returns the layout of one plane at full size, with all channels interleaved. */
  public static RasterLayout interleaved(
      int width, int height, ColorKind color, boolean alpha, byte @Nullable [] iccProfile) {
    int channels = color.channels() + (alpha ? 1 : 0);
    return new RasterLayout(
        width, height, color, alpha, List.of(Plane.full(width, height, channels)), iccProfile);
  }

  /** Returns the layout of an image of another size that the same planes span. */
  public RasterLayout of(int imageWidth, int imageHeight) {
    return new RasterLayout(imageWidth, imageHeight, color, alpha, planes, iccProfile, weights);
  }

  /** Returns the number of channels over all planes. */
  public int channels() {
    return color.channels() + (alpha ? 1 : 0);
  }

  /**
   * Converts pixels to a row of the single plane of an interleaved layout in GRAY or RGB.
   *
   * @param argb pixels with straight alpha; for gray, all colors are equal
   * @param from index of the first pixel
   * @param row receives the samples from index 0
   */
  public void interleave(int[] argb, int from, byte[] row) {
    boolean colored = color.channels() > 1;
    int at = 0;
    for (int i = from; i < from + width; i++) {
      int pixel = argb[i];
      if (colored) {
        row[at++] = (byte) (pixel >> 16);
        row[at++] = (byte) (pixel >> 8);
      }
      row[at++] = (byte) pixel;
      if (alpha) {
        row[at++] = (byte) (pixel >>> 24);
      }
    }
  }

  /** Fills pixels of an interleaved row with the value for missing pixels. */
  public void fillMissing(byte[] row, int from, int to) {
    int channels = channels();
    for (int at = from * channels; at < to * channels; at++) {
      row[at] = missingSample(at % channels);
    }
  }

  /** Returns the sample that stands for one that a source does not have: gray, or transparent. */
  public byte missingSample(int channel) {
    if (alpha) {
      return 0;
    }
    return switch (color) {
      case GRAY, RGB, YCBCR -> (byte) 128;
      case CMYK -> (byte) (channel == 3 ? 128 : 0);
      case YCCK -> (byte) (channel == 0 ? 0 : 128);
    };
  }
}
