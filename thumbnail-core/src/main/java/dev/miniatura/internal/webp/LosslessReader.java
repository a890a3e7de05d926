package dev.miniatura.internal.webp;

import java.io.IOException;

/** Decodes lossless bitstreams, for alpha that is compressed as one. */
public interface LosslessReader {

  /**
   * Decodes the green of a bitstream without header.
   *
   * @param bytes the file
   * @param data where it is in them
   * @param green receives a byte per pixel
   */
  void readGreen(byte[] bytes, Chunk data, int width, int height, byte[] green) throws IOException;
}
