package dev.miniatura.internal.jpeg.decode;

import java.io.IOException;

/** Reads MCUs of a sequential scan and fills the bands of its components. */
interface McuReader {

  /** Starts a restart interval; predictions are reset already. */
  default void startInterval() throws IOException {}

  /**
   * Reads MCUs of one row until one uses more data than there is.
   *
   * @param x position of the first one
   * @param max how many to read
   * @param predictions the previous DC coefficients, by component
   * @return how many have been read
   */
  int read(int x, int max, int[] predictions) throws IOException;

  /** Goes on at an MCU of a row whose MCUs before it another reader has read. */
  default void startAt(int x) {}

  /** Passes on what is left of the blocks before an MCU. */
  default void flush(int x) {}

  /** Leaves the blocks of an MCU gray. */
  void lose(int x);
}
