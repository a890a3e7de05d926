package dev.miniatura.internal.raster;

import java.io.IOException;

/** Receives rows of pixels. */
public interface PixelRows {

  /**
   * Takes one row; they come top to bottom.
   *
   * @param argb pixels from index 0, with straight alpha; overwritten after this call returns
   */
  void row(int y, int[] argb) throws IOException;
}
