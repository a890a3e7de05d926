package dev.miniatura.internal.raster;

import java.io.IOException;

/** Receives rows of pixels. */
public interface PixelRows {

  /**
   * Receives one row; rows come from top to bottom.
   *
   * @param argb pixels from index 0, with straight alpha; overwritten after this call returns
   */
  void row(int y, int[] argb) throws IOException;

  /** Returns a receiver that forwards its rows in an interleaved layout. */
  static PixelRows interleaved(RasterLayout layout, RowSink sink) {
    byte[] row = new byte[layout.width() * layout.channels()];
    return (y, argb) -> {
      layout.interleave(argb, 0, row);
      sink.row(0, y, row, 0);
    };
  }
}
