package dev.miniatura.internal.codec;

import java.io.IOException;

/** Receives a picture by bands of rows while it is decoded. */
public interface PictureSink {

  /** Announces the picture, once, before its first rows. */
  void begin(PictureFormat format) throws IOException;

  /**
   * Takes rows of one component. The rows of each component come from top to bottom, luma before
   * chroma of the same place. Rows outside the {@linkplain PictureOptions#area area} may be
   * omitted; columns outside it have undefined content.
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
