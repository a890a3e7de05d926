package dev.miniatura.internal.webp;

import dev.miniatura.internal.vp8l.LosslessEncoder;

/**
 * Codes alpha as a lossless image (RFC 9649, section 2.7.1.2) behind the filter that makes it
 * smallest; alpha that is smaller as it is stays so.
 */
final class CompressedAlpha {

  private static final int LOSSLESS = 1;
  private static final int FILTERS = 4;

  private CompressedAlpha() {}

  /** Codes a plane; see {@link AlphaCoder#code}. */
  static byte[] code(byte[] alpha, int width, int height) {
    byte[] smallest = AlphaCoder.RAW.code(alpha, width, height);
    for (int filter = 0; filter < FILTERS; filter++) {
      byte[] coded = LosslessEncoder.encodePlane(filtered(filter, alpha, width), width, height);
      if (1 + coded.length < smallest.length) {
        smallest = new byte[1 + coded.length];
        smallest[0] = (byte) (LOSSLESS | filter << 2);
        System.arraycopy(coded, 0, smallest, 1, coded.length);
      }
    }
    return smallest;
  }

  private static byte[] filtered(int filter, byte[] alpha, int width) {
    byte[] differences = alpha.clone();
    for (int i = 1; filter != 0 && i < alpha.length; i++) {
      differences[i] -= (byte) AlphaPlane.predicted(filter, alpha, i, width);
    }
    return differences;
  }
}
