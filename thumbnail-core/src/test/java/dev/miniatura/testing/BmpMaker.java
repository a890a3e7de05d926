package dev.miniatura.testing;

import java.awt.image.BufferedImage;

/** Writes BMP: a BITMAPINFOHEADER and uncompressed rows. */
public final class BmpMaker {

  private static final int HEADERS = 54;
  private static final int V5_HEADER = 124;

  private BmpMaker() {}

  /** Returns a file with 24 bits per pixel, bottom row first. */
  public static byte[] bytes(BufferedImage image) {
    return bytes(image, 24, false);
  }

  /** Returns a file with 32 bits per pixel, top row first, which a negative height announces. */
  public static byte[] topDown(BufferedImage image) {
    return bytes(image, 32, true);
  }

  /** Returns a file with 32 bits per pixel, including alpha, and a BITMAPV5HEADER. */
  public static byte[] v5(BufferedImage image, byte[] icc) {
    int pixels = 4 * image.getWidth() * image.getHeight();
    ByteWriter out = ByteWriter.littleEndian();
    out.ascii("BM").u32(14 + V5_HEADER + pixels + icc.length).u32(0).u32(14 + V5_HEADER);
    out.u32(V5_HEADER).u32(image.getWidth()).u32(-image.getHeight()).u16(1).u16(32);
    out.u32(3).u32(pixels).u32(2835).u32(2835).u32(0).u32(0); // 3 is BI_BITFIELDS
    out.u32(0xff0000).u32(0xff00).u32(0xff).u32(0xff000000);
    out.ascii(icc.length == 0 ? "BGRs" : "DEBM").zeros(48);
    out.u32(4).u32(V5_HEADER + pixels).u32(icc.length).u32(0);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        out.u32(image.getRGB(x, y));
      }
    }
    return out.bytes(icc).toByteArray();
  }

  private static byte[] bytes(BufferedImage image, int bitsPerPixel, boolean topDown) {
    int width = image.getWidth();
    int height = image.getHeight();
    int stride = (width * bitsPerPixel / 8 + 3) / 4 * 4;
    ByteWriter out = header(width, topDown ? -height : height, bitsPerPixel, stride * height);
    for (int row = 0; row < height; row++) {
      int y = topDown ? row : height - 1 - row;
      ByteWriter pixels = ByteWriter.littleEndian();
      for (int x = 0; x < width; x++) {
        pixels.u24(image.getRGB(x, y)).zeros(bitsPerPixel / 8 - 3);
      }
      out.bytes(pixels.toByteArray()).zeros(stride - pixels.size());
    }
    return out.toByteArray();
  }

  static ByteWriter header(int width, int height, int bitsPerPixel, int pixelBytes) {
    ByteWriter out = ByteWriter.littleEndian();
    out.ascii("BM").u32(HEADERS + pixelBytes).u32(0).u32(HEADERS);
    out.u32(40).u32(width).u32(height).u16(1).u16(bitsPerPixel).u32(0).u32(pixelBytes);
    return out.u32(2835).u32(2835).u32(0).u32(0);
  }
}
