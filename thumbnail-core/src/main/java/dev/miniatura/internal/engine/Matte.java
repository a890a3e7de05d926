package dev.miniatura.internal.engine;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.util.Arrays;
import java.util.OptionalInt;

/** Lays pictures in GRAY or RGB over a plain color. */
final class Matte {

  static final int WHITE = 0xffffff;

  private Matte() {}

  /** Returns an opaque picture: each pixel over the matte, by its alpha. */
  static Raster flatten(Raster picture, int rgb) {
    Raster source = isGray(rgb) ? picture : inRgb(picture);
    Raster flat = Raster.opaque(source.width(), source.height(), source.color());
    byte[] alpha = source.channel(source.channelCount() - 1);
    for (int c = 0; c < flat.channelCount(); c++) {
      int matte = component(rgb, c);
      byte[] from = source.channel(c);
      byte[] to = flat.channel(c);
      for (int i = 0; i < to.length; i++) {
        int a = alpha[i] & 0xff;
        to[i] = (byte) (((from[i] & 0xff) * a + matte * (255 - a) + 127) / 255);
      }
    }
    return flat;
  }

  /**
   * Returns the picture on its canvas. Without a color the canvas is transparent, or white where
   * the output has no transparency.
   */
  static Raster pad(Raster picture, Placement placement, OptionalInt matte, boolean opaque) {
    boolean clear = matte.isEmpty() && !opaque;
    int rgb = matte.orElse(WHITE);
    Raster source = clear || isGray(rgb) ? picture : inRgb(picture);
    Raster canvas =
        Raster.of(
            placement.canvasWidth(),
            placement.canvasHeight(),
            source.color(),
            source.alpha() || clear);
    int colors = source.color().channels();
    for (int c = 0; c < canvas.channelCount(); c++) {
      boolean isAlpha = c == colors;
      int fill = isAlpha ? (clear ? 0 : 255) : clear ? 0 : component(rgb, c);
      Arrays.fill(canvas.channel(c), (byte) fill);
      if (isAlpha && !source.alpha()) {
        fillInside(canvas.channel(c), placement);
      } else {
        copyInside(source.channel(c), canvas.channel(c), placement);
      }
    }
    return canvas;
  }

  private static void copyInside(byte[] from, byte[] to, Placement placement) {
    for (int y = 0; y < placement.height(); y++) {
      int at = (placement.top() + y) * placement.canvasWidth() + placement.left();
      System.arraycopy(from, y * placement.width(), to, at, placement.width());
    }
  }

  private static void fillInside(byte[] to, Placement placement) {
    for (int y = 0; y < placement.height(); y++) {
      int at = (placement.top() + y) * placement.canvasWidth() + placement.left();
      Arrays.fill(to, at, at + placement.width(), (byte) 255);
    }
  }

  private static boolean isGray(int rgb) {
    return component(rgb, 0) == component(rgb, 1) && component(rgb, 1) == component(rgb, 2);
  }

  private static int component(int rgb, int c) {
    return (rgb >> (16 - 8 * c)) & 0xff;
  }

  /** Returns a picture in RGB: a gray one needs three channels to lie on a color. */
  private static Raster inRgb(Raster picture) {
    if (picture.color() == ColorKind.RGB) {
      return picture;
    }
    Raster rgb = Raster.of(picture.width(), picture.height(), ColorKind.RGB, picture.alpha());
    for (int c = 0; c < rgb.channelCount(); c++) {
      byte[] from = picture.channel(c < 3 ? 0 : 1);
      System.arraycopy(from, 0, rgb.channel(c), 0, from.length);
    }
    return rgb;
  }
}
