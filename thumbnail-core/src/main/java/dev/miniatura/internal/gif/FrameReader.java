package dev.miniatura.internal.gif;

import dev.miniatura.internal.raster.PixelRows;
import java.io.IOException;

/** Decompresses the frames of one GIF. */
public interface FrameReader {

  /**
   * Decompresses a frame.
   *
   * @param frame index in the file
   * @param width columns that are wanted, from the frame's left
   * @param height rows that are wanted, from the frame's top
   * @param rows receives them; the transparent color as 0
   */
  void read(int frame, int width, int height, PixelRows rows) throws IOException;
}
