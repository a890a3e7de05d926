package dev.miniatura.testing;

import java.awt.image.BufferedImage;

/** Writes SGI files without run lengths. */
public final class SgiMaker {

  /** Where the samples begin. */
  public static final int HEADER_BYTES = 512;

  private SgiMaker() {}

  /** Returns the lumas, the last row first. */
  public static byte[] gray(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    ByteWriter out = ByteWriter.bigEndian().u16(474).u8(0).u8(1).u16(2);
    out.u16(width).u16(height).u16(1).u32(0).u32(255).bytes(new byte[HEADER_BYTES - 20]);
    for (int y = height - 1; y >= 0; y--) {
      for (int x = 0; x < width; x++) {
        out.u8(Pictures.luma(image.getRGB(x, y)));
      }
    }
    return out.toByteArray();
  }
}
