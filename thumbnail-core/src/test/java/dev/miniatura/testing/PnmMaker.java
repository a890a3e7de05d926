package dev.miniatura.testing;

import java.awt.image.BufferedImage;

/** Writes the binary Netpbm formats. */
public final class PnmMaker {

  private PnmMaker() {}

  /** Returns PPM (P6) with 8 bits per sample. */
  public static byte[] rgb(BufferedImage image) {
    ByteWriter out = header("P6", image);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        out.u24(image.getRGB(x, y));
      }
    }
    return out.toByteArray();
  }

  /** Returns PGM (P5) of the lumas, 8 bits per sample. */
  public static byte[] gray(BufferedImage image) {
    ByteWriter out = header("P5", image);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        out.u8(Pictures.luma(image.getRGB(x, y)));
      }
    }
    return out.toByteArray();
  }

  private static ByteWriter header(String magic, BufferedImage image) {
    String size = image.getWidth() + " " + image.getHeight();
    return ByteWriter.bigEndian().ascii(magic + "\n# painted\n" + size + "\n255\n");
  }
}
