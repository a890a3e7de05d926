package dev.miniatura.testing;

import java.awt.image.BufferedImage;

/** Writes PSD without layers: the merged picture, plane by plane, uncompressed. */
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

  /**
   * Returns a file whose merged picture is transparent, as it is written with layers: laid over
   * white, alpha in a fourth plane, and a negative number of layers to say so.
   */
  public static byte[] translucent(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    ByteWriter out = ByteWriter.bigEndian().ascii("8BPS").u16(1).zeros(6).u16(4);
    out.u32(height).u32(width).u16(8).u16(RGB_MODE).u32(0).u32(0);
    out.u32(56).u32(48).u16(-1); // lengths of section and layers; one layer, merged alpha
    out.u32(0).u32(0).u32(0).u32(0).u16(0).ascii("8BIMnorm").u32(255 << 24);
    out.u32(12).zeros(12); // no mask, no blending ranges, no name
    out.u32(0).u16(0); // no global mask; samples are not compressed
    for (int plane = 0; plane < 4; plane++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int argb = image.getRGB(x, y);
          int alpha = argb >>> 24;
          int value = argb >> (16 - 8 * plane) & 0xff;
          out.u8(plane == 3 ? alpha : (value * alpha + 255 * (255 - alpha) + 127) / 255);
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
