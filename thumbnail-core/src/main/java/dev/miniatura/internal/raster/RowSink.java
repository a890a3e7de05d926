package dev.miniatura.internal.raster;

import java.io.IOException;

/** Receives decoded rows. Decoders push rows and do not know who receives them. */
public interface RowSink {

  /**
   * Announces the rows to come. Decoders call this once, before the first row; a sink created for a
   * known layout has nothing to do here.
   */
  default void begin(RasterLayout layout) throws IOException {}

  /**
   * Receives one row of one plane. Rows of a plane come top to bottom without gaps; planes may
   * interleave.
   *
   * @param plane index into the announced {@link RasterLayout#planes()}
   * @param y row number within the plane, from 0
   * @param samples unsigned 8-bit samples, the plane's channels interleaved; the array belongs to
   *     the decoder and is overwritten after this call returns
   * @param offset index of the row's first sample
   */
  void row(int plane, int y, byte[] samples, int offset) throws IOException;
}
