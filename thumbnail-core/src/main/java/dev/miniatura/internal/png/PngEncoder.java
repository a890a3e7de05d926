package dev.miniatura.internal.png;

import dev.miniatura.internal.raster.Raster;
import org.jspecify.annotations.Nullable;

public final class PngEncoder {
  private PngEncoder() {}

  public static byte[] encode(Raster r, boolean palette, byte @Nullable [] icc) {
    java.io.ByteArrayOutputStream o = new java.io.ByteArrayOutputStream();
    try {
      javax.imageio.ImageIO.write(dev.miniatura.internal.imageio.Filters.toImage(r), "png", o);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return o.toByteArray();
  }
}
