package dev.miniatura.internal.quantize;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;

/** A gray or RGB raster as pixels of 0xAARRGGBB, straight alpha. */
final class ArgbRows {

  private final Raster raster;
  private final byte[] red;
  private final byte[] green;
  private final byte[] blue;

  ArgbRows(Raster raster) {
    boolean gray = raster.color() == ColorKind.GRAY;
    if (!gray && raster.color() != ColorKind.RGB) {
      throw new IllegalArgumentException("palettes are made of gray or RGB");
    }
    this.raster = raster;
    red = raster.channel(0);
    green = raster.channel(gray ? 0 : 1);
    blue = raster.channel(gray ? 0 : 2);
  }

  int width() {
    return raster.width();
  }

  int height() {
    return raster.height();
  }

  /** Stores row {@code y} in the first {@link #width} elements. */
  void read(int y, int[] pixels) {
    int width = raster.width();
    int start = y * width;
    for (int x = 0, p = start; x < width; x++, p++) {
      pixels[x] = 255 << 24 | (red[p] & 0xff) << 16 | (green[p] & 0xff) << 8 | (blue[p] & 0xff);
    }
    if (raster.alpha()) {
      byte[] alpha = raster.channel(raster.channelCount() - 1);
      for (int x = 0; x < width; x++) {
        pixels[x] = alpha[start + x] << 24 | (pixels[x] & 0xffffff);
      }
    }
  }
}
