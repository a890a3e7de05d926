package dev.miniatura.internal.heif;

import java.io.IOException;

/**
 * Coding-independent code points (ITU-T H.273) of a {@code colr} box of type {@code nclx}, or of
 * the coded picture itself; 2 means unspecified.
 *
 * @param primaries {@code colour_primaries}
 * @param transfer {@code transfer_characteristics}
 * @param matrix {@code matrix_coefficients}
 * @param fullRange whether samples use all values
 */
public record Nclx(int primaries, int transfer, int matrix, boolean fullRange) {

  /** What a code point is that says nothing. */
  public static final int UNSPECIFIED = 2;

  static Nclx read(BoxReader in) throws IOException {
    return new Nclx(in.u16(), in.u16(), in.u16(), in.u8() >> 7 != 0);
  }
}
