package dev.miniatura.internal.engine;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A source over a decoded picture: the engine reads {@link #image()}, all others get a PNG. */
public record RasterSource(BufferedImage image) implements ImageSource {

  @Override
  public InputStream open() throws IOException {
    ThumbnailSpec whole =
        ThumbnailSpec.fit(image.getWidth(), image.getHeight()).format(OutputFormat.PNG);
    byte[] png = Engine.of(Limits.defaults()).renderAll(this, List.of(whole)).get(0).bytes();
    return ImageSource.of(png).open();
  }
}
