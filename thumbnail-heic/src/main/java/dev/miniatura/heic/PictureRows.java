package dev.miniatura.heic;

import java.io.IOException;

/** Receives a picture while it is decoded. */
interface PictureRows {

  /** Is called once, before the first rows. */
  void start(PictureFormat format) throws IOException;

  /**
   * Takes rows of one component. Each component's come from top to bottom, those of luma before
   * chroma's of the same place.
   *
   * @param component 0 to 2
   * @param y of the first row, in the component's samples
   * @param count of rows
   * @param samples unsigned; valid during the call only
   * @param offset of the first row's first sample
   * @param stride from row to row
   */
  void rows(int component, int y, int count, short[] samples, int offset, int stride)
      throws IOException;
}
