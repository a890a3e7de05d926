package dev.miniatura.testing;

import java.awt.image.BufferedImage;

/** Writes IFF ILBM files of 256 grays without run lengths. */
public final class IffMaker {

  private static final int BIT_PLANES = 8;

  private IffMaker() {}

  /** Returns the number of bytes at the end that hold a number of rows. */
  public static int rowBytes(int width) {
    return (width + 15) / 16 * 2 * BIT_PLANES;
  }

  /** Returns the lumas of a picture, as indexes of a palette of grays. */
  public static byte[] gray(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int body = rowBytes(width) * height;
    ByteWriter out = ByteWriter.bigEndian().ascii("FORM").u32(4 + 28 + 776 + 8 + body);
    out.ascii("ILBMBMHD").u32(20).u16(width).u16(height).u32(0);
    out.u8(BIT_PLANES).u8(0).u8(0).u8(0).u16(0).u8(1).u8(1).u16(width).u16(height);
    out.ascii("CMAP").u32(768);
    for (int i = 0; i < 256; i++) {
      out.u8(i).u8(i).u8(i);
    }
    out.ascii("BODY").u32(body);
    for (int y = 0; y < height; y++) {
      for (int plane = 0; plane < BIT_PLANES; plane++) {
        byte[] bits = new byte[rowBytes(width) / BIT_PLANES];
        for (int x = 0; x < width; x++) {
          int bit = Pictures.luma(image.getRGB(x, y)) >> plane & 1;
          bits[x >> 3] |= (byte) (bit << (7 - (x & 7)));
        }
        out.bytes(bits);
      }
    }
    return out.toByteArray();
  }
}
