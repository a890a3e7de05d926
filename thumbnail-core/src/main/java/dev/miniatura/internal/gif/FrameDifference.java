package dev.miniatura.internal.gif;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Finds the part of a frame that an animation has to store. */
final class FrameDifference {

  private static final int OPAQUE = 128; // the minimum alpha of a visible pixel

  private FrameDifference() {}

  /** A rectangle of pixels. */
  record Area(int x, int y, int width, int height) {

    boolean contains(int px, int py) {
      return px >= x && px < x + width && py >= y && py < y + height;
    }

    /** Returns the index in a canvas of the area's {@code i}-th pixel. */
    int at(int i, int canvasWidth) {
      return (y + i / width) * canvasWidth + x + i % width;
    }

    /** Returns the smallest area that contains both. */
    Area and(@Nullable Area other) {
      if (other == null) {
        return this;
      }
      int left = Math.min(x, other.x);
      int top = Math.min(y, other.y);
      int right = Math.max(x + width, other.x + other.width);
      int bottom = Math.max(y + height, other.y + other.height);
      return new Area(left, top, right - left, bottom - top);
    }
  }

  /**
   * Returns the raster with alpha reduced to 0 and 255, or without alpha if it is 255 everywhere.
   */
  static Raster binaryAlpha(Raster raster) {
    if (!raster.alpha()) {
      return raster;
    }
    byte[] alpha = raster.channel(raster.channelCount() - 1);
    boolean transparent = false;
    for (byte value : alpha) {
      transparent |= (value & 0xff) < OPAQUE;
    }
    if (transparent) {
      Area all = new Area(0, 0, raster.width(), raster.height());
      return cut(raster, all, i -> (alpha[i] & 0xff) >= OPAQUE);
    }
    Raster opaque = Raster.opaque(raster.width(), raster.height(), raster.color());
    for (int c = 0; c < opaque.channelCount(); c++) {
      System.arraycopy(raster.channel(c), 0, opaque.channel(c), 0, alpha.length);
    }
    return opaque;
  }

  /** Returns whether two rasters of the same size look the same. */
  static boolean same(Raster first, Raster second) {
    return around(first.width(), first.height(), i -> !same(first, second, i)) == null;
  }

  /**
   * Returns the smallest area that contains the pixels that are visible in one raster but not in
   * the next.
   */
  static @Nullable Area vanishing(Raster raster, Raster next) {
    return around(raster.width(), raster.height(), i -> isShown(raster, i) && !isShown(next, i));
  }

  /** Returns whether a pixel is the same in two rasters of the same size. */
  static boolean same(Raster first, Raster second, int pixel) {
    for (int c = 0; c < 3; c++) {
      if (sample(first, c, pixel) != sample(second, c, pixel)) {
        return false;
      }
    }
    return isShown(first, pixel) == isShown(second, pixel);
  }

  private static int sample(Raster raster, int c, int pixel) {
    return raster.channel(raster.color() == ColorKind.GRAY ? 0 : c)[pixel];
  }

  /** Returns whether a pixel is not transparent. */
  static boolean isShown(Raster raster, int pixel) {
    return !raster.alpha() || raster.channel(raster.channelCount() - 1)[pixel] != 0;
  }

  /** Returns the smallest area that contains the chosen pixels; null if there are none. */
  static @Nullable Area around(int width, int height, IntPredicate chosen) {
    int left = width;
    int right = -1;
    int top = -1;
    int bottom = -1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (chosen.test(y * width + x)) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = top < 0 ? y : top;
          bottom = y;
        }
      }
    }
    return bottom < 0 ? null : new Area(left, top, right - left + 1, bottom - top + 1);
  }

  /** Returns an area of a raster with only the chosen pixels, the others transparent. */
  static Raster cut(Raster raster, Area area, IntPredicate chosen) {
    Raster part = Raster.withAlpha(area.width(), area.height(), raster.color());
    byte[] alpha = part.channel(part.channelCount() - 1);
    for (int y = 0; y < area.height(); y++) {
      for (int x = 0; x < area.width(); x++) {
        int from = (area.y() + y) * raster.width() + area.x() + x;
        int to = y * area.width() + x;
        if (chosen.test(from)) {
          for (int c = 0; c < part.channelCount() - 1; c++) {
            part.channel(c)[to] = raster.channel(c)[from];
          }
          alpha[to] = (byte) 255;
        }
      }
    }
    return part;
  }
}
