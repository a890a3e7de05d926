package dev.miniatura.internal.psd;

import java.io.IOException;

/** The rows of one channel, from the top. */
interface PlaneRows {

  /** Skips a row. */
  void skip() throws IOException;

  /** Reads a row, and returns how many of its bytes exist. */
  int read(byte[] row) throws IOException;
}
