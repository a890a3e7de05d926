package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A file as decoded by ImageIO with the plugins on the class path. */
final class Decoded {

  private Decoded() {}

  static BufferedImage of(byte[] file) throws IOException {
    MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
    BufferedImage image = ImageIO.read(in);
    if (image == null) {
      throw new IOException("no reader takes the file");
    }
    return image;
  }
}
