package dev.miniatura.internal.webp;

/** Codes the alpha that goes with a lossy bitstream. */
@FunctionalInterface
public interface AlphaCoder {

  /** Codes alpha as it is (RFC 9649, section 2.7.1.2: no filter, no compression). */
  AlphaCoder RAW =
      (alpha, width, height) -> {
        byte[] chunk = new byte[1 + alpha.length];
        System.arraycopy(alpha, 0, chunk, 1, alpha.length);
        return chunk;
      };

  /**
   * Codes a plane.
   *
   * @param alpha one byte per pixel, rows without padding; not to be changed
   * @return what an ALPH chunk holds: a byte that says how the alpha is coded, and that
   */
  byte[] code(byte[] alpha, int width, int height);
}
