package dev.miniatura.internal.engine;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;

/**
 * A source over a decoded picture: the engine reads {@link #image()}, all other readers get a PNG.
 */
public record RasterSource(BufferedImage image) implements ImageSource {

  @Override
  public InputStream open() throws IOException {
    ThumbnailSpec whole =
        ThumbnailSpec.fit(image.getWidth(), image.getHeight()).format(OutputFormat.PNG);
    return ImageSource.of(Thumbnailer.create().render(this, whole).bytes()).open();
  }
}
