package dev.miniatura.internal.pnm;

import java.io.IOException;

/** The rows of a picture, in 8 bits per sample. */
interface SampleRows {

  /**
   * Reads a row. Rows of plain formats are asked for in order.
   *
   * @param row receives the samples from index 0
   * @return how many there were
   */
  int read(int y, byte[] row) throws IOException;

  /** Returns for each sample from 0 to a maximum what it is in 8 bits. */
  static byte[] table(PnmHeader file) {
    int maxval = file.maxval();
    byte[] table = new byte[maxval + 1];
    for (int i = 0; i <= maxval; i++) {
      table[i] = (byte) ((i * 255 + maxval / 2) / maxval);
    }
    return table;
  }
}
