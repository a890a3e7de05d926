package dev.miniatura.internal.io;

import java.io.IOException;

/** A stream whose bytes are requested in ranges, so that it can continue anywhere. */
public interface RangedInput {

  /** Returns the position after the last byte of the range that is being read. */
  long requestedTo();

  /**
   * Requests the bytes from one position to another; the next byte read is the first of them. What
   * is left of the range before is given up.
   */
  void request(long from, long to) throws IOException;
}
