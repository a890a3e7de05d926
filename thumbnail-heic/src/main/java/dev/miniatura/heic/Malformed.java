package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;

/** Errors about H.265 data, under the name of the file format. */
final class Malformed {

  private static final String FORMAT = "HEIC";

  private Malformed() {}

  /**
   * Returns an error.
   *
   * @param offset byte position in the source, or −1 if unknown
   */
  static MalformedImageException at(long offset, String reason) {
    return new MalformedImageException(FORMAT, offset, reason);
  }
}
