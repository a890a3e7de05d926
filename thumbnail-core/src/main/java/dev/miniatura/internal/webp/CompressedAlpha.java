package dev.miniatura.internal.webp;

import dev.miniatura.internal.vp8l.LosslessEncoder;

/**
 * Codes alpha as a lossless image (RFC 9649, section 2.7.1.2) with the filter that has the smallest
 * estimated size; alpha that is smaller uncompressed stays so.
 */
final class CompressedAlpha {

  private static final int LOSSLESS = 1;
  private static final int FILTERS = 4;

  private CompressedAlpha() {}

  /**
   * Codes a plane.
   *
   * @param alpha one byte per pixel, rows without padding; not changed
   * @return the content of an ALPH chunk: a byte for the coding, and the coded alpha
   */
  static byte[] code(byte[] alpha, int width, int height) {
    int best = 0;
    LosslessEncoder smallest = LosslessEncoder.ofPlane(alpha, width, height);
    for (int filter = 1; filter < FILTERS; filter++) {
      byte[] filtered = filtered(filter, alpha, width);
      LosslessEncoder encoder = LosslessEncoder.ofPlane(filtered, width, height);
      if (encoder.bits() < smallest.bits()) {
        smallest = encoder;
        best = filter;
      }
    }
    byte[] coded = smallest.headless();
    return coded.length < alpha.length ? chunk(LOSSLESS | best << 2, coded) : chunk(0, alpha);
  }

  private static byte[] chunk(int flags, byte[] data) {
    byte[] chunk = new byte[1 + data.length];
    chunk[0] = (byte) flags;
    System.arraycopy(data, 0, chunk, 1, data.length);
    return chunk;
  }

  private static byte[] filtered(int filter, byte[] alpha, int width) {
    byte[] differences = alpha.clone();
    for (int i = 1; i < alpha.length; i++) {
      differences[i] -= (byte) AlphaPlane.predicted(filter, alpha, i, width);
    }
    return differences;
  }
}
