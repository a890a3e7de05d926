package dev.miniatura.internal.codec;

import java.io.IOException;

/** Receives a picture by bands of rows while it is decoded. */
public interface PictureSink {

  /** Announces the picture, once, before its first rows. */
  void begin(PictureFormat format) throws IOException;

  /**
   * Takes rows of one component. Each component's come from top to bottom, those of luma before
   * those of chroma of the same place. Rows outside the {@linkplain PictureOptions#area area} may
   * be left out; columns outside it hold anything.
   *
   * @param component 0 for luma, 1 for Cb, 2 for Cr
   * @param y the first row, in the component's samples
   * @param count the number of rows
   * @param samples unsigned; the decoder's array, to be read before this call returns
   * @param offset index of the first sample of the first row
   * @param stride distance from row to row
   */
  void rows(int component, int y, int count, short[] samples, int offset, int stride)
      throws IOException;
}
