package dev.miniatura.internal.imageio;

import dev.miniatura.internal.raster.PixelRows;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** Delivers a picture as pixels of sRGB. */
final class ArgbRows {

  private ArgbRows() {}

  /** Delivers the top left part of a picture. */
  static void push(BufferedImage image, int width, int height, PixelRows rows) throws IOException {
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      rows.row(y, row);
    }
  }
}
