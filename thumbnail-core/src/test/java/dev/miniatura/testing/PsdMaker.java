package dev.miniatura.testing;

import java.awt.image.BufferedImage;

/** Writes PSD without layers: the merged picture, plane by plane, not compressed. */
public final class PsdMaker {

  private static final int RGB_MODE = 3;

  private PsdMaker() {}

  /** Returns an RGB file with 8 bits per sample. */
  public static byte[] bytes(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    ByteWriter out = header(width, height);
    for (int shift = 16; shift >= 0; shift -= 8) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          out.u8(image.getRGB(x, y) >> shift);
        }
      }
    }
    return out.toByteArray();
  }

  /** Everything before the samples; the three sections between are empty. */
  static ByteWriter header(int width, int height) {
    ByteWriter out = ByteWriter.bigEndian().ascii("8BPS").u16(1).zeros(6).u16(3);
    out.u32(height).u32(width).u16(8).u16(RGB_MODE);
    return out.u32(0).u32(0).u32(0).u16(0);
  }
}
