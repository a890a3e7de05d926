package dev.miniatura.internal.io;

import dev.miniatura.ImageSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A source over a decoded picture; the engine reads {@link #image()}, there are no bytes. */
public record RasterSource(BufferedImage image) implements ImageSource {

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(new byte[0]);
  }
}
