package dev.miniatura.internal.webp;

import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.PixelRows;
import java.io.IOException;

/** Decodes the lossless bitstreams (VP8L) of one WebP file. */
public interface LosslessReader {

  /** Opens a file that is one lossless picture. */
  ImageDecoder openStill(WebpContents contents) throws IOException;

  /**
   * Decodes the pixels of a bitstream.
   *
   * @param bytes the file
   * @param data where the bitstream is in them
   */
  void readPixels(byte[] bytes, Chunk data, PixelRows rows) throws IOException;

  /**
   * Decodes the green of a bitstream without header, for alpha that is compressed as one.
   *
   * @param bytes the file
   * @param data where the bitstream is in them
   * @param green receives a byte per pixel
   */
  void readGreen(byte[] bytes, Chunk data, int width, int height, byte[] green) throws IOException;
}
