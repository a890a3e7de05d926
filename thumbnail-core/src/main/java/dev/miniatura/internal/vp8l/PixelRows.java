package dev.miniatura.internal.vp8l;

import java.io.IOException;

/** Receives rows of pixels. */
@FunctionalInterface
public interface PixelRows {

  /**
   * Takes one row; they come top to bottom.
   *
   * @param argb pixels from index 0, with straight alpha; overwritten after this call returns
   */
  void row(int y, int[] argb) throws IOException;
}
