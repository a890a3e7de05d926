package dev.miniatura.testing;

import java.awt.image.BufferedImage;

/** Writes TGA 2.0 in true color: 24 bits per pixel, or 32 when the picture has alpha. */
public final class TgaMaker {

  private static final int PLAIN = 2;
  private static final int RUN_LENGTH = 10;
  private static final int TOP_LEFT = 0x20;

  private TgaMaker() {}

  /** Returns an uncompressed file, top row first. */
  public static byte[] bytes(BufferedImage image) {
    return bytes(image, PLAIN);
  }

  /** Returns a run-length encoded file, top row first. */
  public static byte[] runLength(BufferedImage image) {
    return bytes(image, RUN_LENGTH);
  }

  private static byte[] bytes(BufferedImage image, int type) {
    boolean alpha = image.getColorModel().hasAlpha();
    int width = image.getWidth();
    int height = image.getHeight();
    ByteWriter out = ByteWriter.littleEndian().u16(0).u8(type).zeros(9);
    out.u16(width).u16(height).u8(alpha ? 32 : 24).u8(TOP_LEFT | (alpha ? 8 : 0));
    for (int y = 0; y < height; y++) {
      int[] row = image.getRGB(0, y, width, 1, null, 0, width);
      int x = 0;
      while (x < width) {
        int run = 1;
        while (type == RUN_LENGTH && run < 128 && x + run < width && row[x + run] == row[x]) {
          run++;
        }
        if (type == RUN_LENGTH) {
          out.u8(0x80 | (run - 1));
        }
        pixel(out, row[x], alpha);
        x += run;
      }
    }
    return out.zeros(8).ascii("TRUEVISION-XFILE.\0").toByteArray();
  }

  private static void pixel(ByteWriter out, int argb, boolean alpha) {
    if (alpha) {
      out.u32(argb);
    } else {
      out.u24(argb);
    }
  }
}
