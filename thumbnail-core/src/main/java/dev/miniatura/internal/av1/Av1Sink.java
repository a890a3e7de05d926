package dev.miniatura.internal.av1;

import java.io.IOException;

/** Receives a decoded picture by bands of rows, top to bottom. */
public interface Av1Sink {

  /**
   * Announces the picture, before its first rows.
   *
   * @param format depth, subsampling and color of the samples
   * @param width of luma, in samples
   * @param height of luma, in samples
   */
  void begin(Av1Format format, int width, int height) throws IOException;

  /**
   * Takes the next rows of one plane. Planes come in turn for each band; the bands of a plane
   * follow each other without gaps.
   *
   * @param plane 0 for Y, 1 for U, 2 for V
   * @param y the first row, in rows of the plane
   * @param count the number of rows
   * @param samples the decoder's array, to be read before this call returns
   * @param offset index of the first sample of the first row
   * @param stride distance from row to row
   */
  void rows(int plane, int y, int count, short[] samples, int offset, int stride)
      throws IOException;
}
