package dev.miniatura.internal.imageio;

import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.RasterLayout;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** Delivers a picture that the caller has already decoded. */
public final class BufferedImageDecoder implements ImageDecoder {

  private final BufferedImageRows rows;

  public BufferedImageDecoder(BufferedImage image) {
    rows = new BufferedImageRows(image);
  }

  @Override
  public ImageHeader header() {
    RasterLayout layout = rows.layout();
    return ImageHeader.of(
            "BufferedImage",
            layout.width(),
            layout.height(),
            layout.color().name().toLowerCase(Locale.ROOT),
            rows.bitsPerSample())
        .alpha(layout.alpha())
        .iccProfile(layout.iccProfile() != null)
        .build();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) {
    return DecodePlan.of(
        rows.layout(), 16L * rows.layout().width(), "in memory", (sink, notes) -> rows.push(sink));
  }
}
