package dev.miniatura.internal.webp;

import dev.miniatura.internal.raster.HalvedChroma;
import dev.miniatura.internal.raster.PixelRows;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.raster.Samples;
import java.io.IOException;

/**
 * Converts the rows of a lossy frame and its alpha to pixels. Chroma is interpolated.
 *
 * <p>With Y' = Y − 16, Cb' = Cb − 128 and Cr' = Cr − 128 (BT.601 limited range):
 *
 * <pre>
 * R = 1.164383 Y' + 1.596027 Cr'
 * G = 1.164383 Y' − 0.391762 Cb' − 0.812968 Cr'
 * B = 1.164383 Y' + 2.017232 Cb'
 * </pre>
 *
 * in 1/65536, chroma in sixteenths: the largest sums are below 2³⁰.
 */
final class PixelComposer implements RowSink {

  private static final int LUMA = 76309;
  private static final int R_CR = 104597;
  private static final int G_CB = -25675;
  private static final int G_CR = -53279;
  private static final int B_CB = 132201;

  private final int width;
  private final int height;
  private final byte[] alpha; // one byte per pixel, or none
  private final PixelRows target;
  private final byte[][] luma; // the two rows of the current chroma row
  private final byte[] held; // the row before, which lies between two chroma rows
  private final byte[][][] chroma; // by plane, the previous row and the current one
  private final int[][] line;
  private final int[] argb;

  PixelComposer(int width, int height, byte[] alpha, PixelRows target) {
    this.width = width;
    this.height = height;
    this.alpha = alpha;
    this.target = target;
    int half = (width + 1) / 2;
    luma = new byte[2][width];
    held = new byte[width];
    chroma = new byte[2][2][half];
    line = new int[2][width];
    argb = new int[width];
  }

  /** Receives rows as {@link Vp8Decoder} delivers them: two of luma, then those of Cb and Cr. */
  @Override
  public void row(int plane, int y, byte[] samples, int offset) throws IOException {
    if (plane == 0) {
      System.arraycopy(samples, offset, luma[y & 1], 0, width);
      return;
    }
    byte[][] rows = chroma[plane - 1];
    byte[] current = rows[0];
    rows[0] = rows[1];
    rows[1] = current;
    System.arraycopy(samples, offset, current, 0, current.length);
    if (plane == 2) {
      pushAround(y);
    }
  }

  /** Delivers the pixel rows whose chroma is now known. */
  private void pushAround(int y) throws IOException {
    if (y > 0) {
      push(2 * y - 1, held, 0, 1);
    }
    push(2 * y, luma[0], 1, y == 0 ? 1 : 0);
    if (2 * y + 1 == height - 1) {
      push(2 * y + 1, luma[1], 1, 1);
    }
    System.arraycopy(luma[1], 0, held, 0, width);
  }

  private void push(int y, byte[] lumaRow, int near, int far) throws IOException {
    for (int c = 0; c < 2; c++) {
      byte[][] rows = chroma[c];
      HalvedChroma.interpolate(rows[near], 0, rows[far], 0, rows[near].length, line[c]);
    }
    for (int x = 0; x < width; x++) {
      int base = 16 * LUMA * ((lumaRow[x] & 0xff) - 16) + (1 << 19);
      int cb = line[0][x];
      int cr = line[1][x];
      int red = Samples.clamp((base + R_CR * cr) >> 20);
      int green = Samples.clamp((base + G_CB * cb + G_CR * cr) >> 20);
      int blue = Samples.clamp((base + B_CB * cb) >> 20);
      int opacity = alpha.length == 0 ? 255 : alpha[y * width + x] & 0xff;
      argb[x] = opacity << 24 | red << 16 | green << 8 | blue;
    }
    target.row(y, argb);
  }
}
