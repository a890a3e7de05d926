package dev.miniatura.internal.imageio;

import dev.miniatura.ImageInfo;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;

/** Takes a picture that the caller has decoded already. */
public final class BufferedImageDecoder implements ImageDecoder {

  private final BufferedImageRows rows;

  public BufferedImageDecoder(BufferedImage image) {
    rows = new BufferedImageRows(image);
  }

  @Override
  public ImageInfo info() {
    RasterLayout layout = rows.layout();
    return new ImageInfo(
        "BufferedImage",
        layout.width(),
        layout.height(),
        1,
        1,
        layout.color().name().toLowerCase(Locale.ROOT),
        rows.bitsPerSample(),
        layout.alpha(),
        layout.iccProfile() != null,
        false);
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) {
    return new DecodePlan(rows.layout(), 16L * rows.layout().width(), "in memory");
  }

  @Override
  public void decode(DecodePlan plan, RowSink sink, Notes notes) throws IOException {
    rows.push(sink);
  }
}
