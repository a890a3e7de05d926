package dev.miniatura.internal.gif;

import dev.miniatura.internal.raster.Raster;

public final class GifEncoder {
  private GifEncoder() {}

  public static byte[] encode(Raster r) {
    java.io.ByteArrayOutputStream o = new java.io.ByteArrayOutputStream();
    try {
      javax.imageio.ImageIO.write(dev.miniatura.internal.imageio.Filters.toImage(r), "gif", o);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return o.toByteArray();
  }
}
