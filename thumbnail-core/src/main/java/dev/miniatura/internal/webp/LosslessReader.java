package dev.miniatura.internal.webp;

import java.io.IOException;

/** Decodes lossless bitstreams, for alpha that is compressed as one. */
public interface LosslessReader {

  /**
   * Decodes the green of a bitstream without header.
   *
   * @param data where it is in the file
   * @param green receives a byte per pixel
   */
  void readGreen(Chunk data, int width, int height, byte[] green) throws IOException;
}
