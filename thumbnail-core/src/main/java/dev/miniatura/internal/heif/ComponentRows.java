package dev.miniatura.internal.heif;

import java.io.IOException;

/** Receives the components of a picture as 8-bit samples of full range. */
interface ComponentRows {

  /**
   * Takes one row. Each component's come top to bottom without gaps, those of luma before those of
   * chroma of the same place. What is outside the wanted area holds anything.
   *
   * @param component 0 for luma, 1 for Cb, 2 for Cr
   * @param y row number in the component's samples
   * @param samples the sender's array, to be read before this call returns
   * @param offset index of the first sample
   */
  void row(int component, int y, byte[] samples, int offset) throws IOException;
}
