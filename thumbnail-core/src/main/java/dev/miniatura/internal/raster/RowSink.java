package dev.miniatura.internal.raster;

import java.io.IOException;

/** Receives decoded rows. Decoders push, and never learn who listens. */
public interface RowSink {

  /**
   * Takes one row of one plane. Rows of a plane come top to bottom without gaps; planes may
   * interleave.
   *
   * @param plane index into {@link RasterLayout#planes()}
   * @param y row number within the plane, from 0
   * @param samples unsigned 8-bit samples, the plane's channels interleaved; the array belongs to
   *     the decoder and is overwritten after this call returns
   * @param offset index of the row's first sample
   */
  void row(int plane, int y, byte[] samples, int offset) throws IOException;
}
