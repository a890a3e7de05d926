package dev.miniatura.internal.heif;

import java.io.IOException;

/** Receives the components of a picture as 8-bit samples of full range. */
interface ComponentRows {

  /**
   * Receives one row. The rows of each component come from top to bottom without gaps, luma before
   * chroma of the same place. Samples outside the wanted area are undefined.
   *
   * @param component 0 for luma, 1 for Cb, 2 for Cr
   * @param y row number in the component's samples
   * @param samples the sender's array, to be read before this call returns
   * @param offset index of the first sample
   */
  void row(int component, int y, byte[] samples, int offset) throws IOException;
}
