package dev.miniatura.internal.gif;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import org.jspecify.annotations.Nullable;

/** Finds what an animation has to store of a frame. */
final class FrameDifference {

  private static final int OPAQUE = 128; // alpha from which a pixel is shown

  private FrameDifference() {}

  /** A rectangle of pixels. */
  record Area(int x, int y, int width, int height) {}

  /** Returns the raster with alpha of 0 and 255 only, or without if that is 255 everywhere. */
  static Raster binaryAlpha(Raster raster) {
    if (!raster.alpha()) {
      return raster;
    }
    byte[] alpha = raster.channel(raster.channelCount() - 1);
    boolean transparent = false;
    for (byte value : alpha) {
      transparent |= (value & 0xff) < OPAQUE;
    }
    Raster binary = new Raster(raster.width(), raster.height(), raster.color(), transparent, false);
    for (int c = 0; c < raster.channelCount() - 1; c++) {
      byte[] from = raster.channel(c);
      byte[] to = binary.channel(c);
      for (int i = 0; i < alpha.length; i++) {
        to[i] = (alpha[i] & 0xff) < OPAQUE ? 0 : from[i];
      }
    }
    if (transparent) {
      byte[] to = binary.channel(binary.channelCount() - 1);
      for (int i = 0; i < alpha.length; i++) {
        to[i] = (byte) ((alpha[i] & 0xff) < OPAQUE ? 0 : 255);
      }
    }
    return binary;
  }

  /**
   * Returns the smallest area outside of which two rasters of one size agree; null if everywhere.
   */
  static @Nullable Area between(Raster first, Raster second) {
    int width = first.width();
    int left = width;
    int right = -1;
    int top = -1;
    int bottom = -1;
    for (int y = 0; y < first.height(); y++) {
      for (int x = 0; x < width; x++) {
        if (differ(first, second, y * width + x)) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = top < 0 ? y : top;
          bottom = y;
        }
      }
    }
    return bottom < 0 ? null : new Area(left, top, right - left + 1, bottom - top + 1);
  }

  private static boolean differ(Raster first, Raster second, int pixel) {
    for (int c = 0; c < 3; c++) {
      if (sample(first, c, pixel) != sample(second, c, pixel)) {
        return true;
      }
    }
    return alpha(first, pixel) != alpha(second, pixel);
  }

  private static int sample(Raster raster, int c, int pixel) {
    return raster.channel(raster.color() == ColorKind.GRAY ? 0 : c)[pixel];
  }

  private static int alpha(Raster raster, int pixel) {
    return raster.alpha() ? raster.channel(raster.channelCount() - 1)[pixel] : (byte) 255;
  }

  static Raster crop(Raster raster, Area area) {
    Raster cropped = new Raster(area.width(), area.height(), raster.color(), raster.alpha(), false);
    for (int c = 0; c < raster.channelCount(); c++) {
      for (int y = 0; y < area.height(); y++) {
        int from = (area.y() + y) * raster.width() + area.x();
        System.arraycopy(
            raster.channel(c), from, cropped.channel(c), y * area.width(), area.width());
      }
    }
    return cropped;
  }
}
