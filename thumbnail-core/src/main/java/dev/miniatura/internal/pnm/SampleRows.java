package dev.miniatura.internal.pnm;

import java.io.IOException;

/** The rows of a picture at 8 bits per sample. */
interface SampleRows {

  /**
   * Reads a row. Rows of plain formats must be read in order.
   *
   * @param row receives the samples from index 0
   * @return the number of samples read
   */
  int read(int y, byte[] row) throws IOException;

  /** Returns the 8-bit value of each sample from 0 to the maximum. */
  static byte[] table(PnmHeader file) {
    int maxval = file.maxval();
    byte[] table = new byte[maxval + 1];
    for (int i = 0; i <= maxval; i++) {
      table[i] = (byte) ((i * 255 + maxval / 2) / maxval);
    }
    return table;
  }
}
