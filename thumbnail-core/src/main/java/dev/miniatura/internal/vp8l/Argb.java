package dev.miniatura.internal.vp8l;

import dev.miniatura.internal.raster.Samples;

/** Arithmetic on pixels with four 8-bit channels, 0xAARRGGBB, separately for each channel. */
final class Argb {

  static final int BLACK = 0xff000000;

  private static final int ALPHA_GREEN = 0xff00ff00;
  private static final int RED_BLUE = 0x00ff00ff;

  private Argb() {}

  /** Returns the sums, modulo 256. */
  static int add(int a, int b) {
    int alphaGreen = (a & ALPHA_GREEN) + (b & ALPHA_GREEN);
    int redBlue = (a & RED_BLUE) + (b & RED_BLUE);
    return (alphaGreen & ALPHA_GREEN) | (redBlue & RED_BLUE);
  }

  /** Returns the differences, modulo 256. */
  static int subtract(int a, int b) {
    int alphaGreen = RED_BLUE + (a & ALPHA_GREEN) - (b & ALPHA_GREEN);
    int redBlue = ALPHA_GREEN + (a & RED_BLUE) - (b & RED_BLUE);
    return (alphaGreen & ALPHA_GREEN) | (redBlue & RED_BLUE);
  }

  /** Returns the means, rounded down. */
  static int mean(int a, int b) {
    return (((a ^ b) & 0xfefefefe) >>> 1) + (a & b);
  }

  /** Returns a or b, whichever is nearer to a + b − c; b if both are equally near. */
  static int select(int a, int b, int c) {
    // The distance of a + b − c from a is that of b from c, and vice versa.
    return distance(b, c) < distance(a, c) ? a : b;
  }

  private static int distance(int a, int b) {
    return Math.abs((a >>> 24) - (b >>> 24))
        + Math.abs((a >> 16 & 0xff) - (b >> 16 & 0xff))
        + Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff))
        + Math.abs((a & 0xff) - (b & 0xff));
  }

  /** Returns a + b − c, each channel clipped to 0 … 255. */
  static int addClipped(int a, int b, int c) {
    return Samples.clamp((a >>> 24) + (b >>> 24) - (c >>> 24)) << 24
        | Samples.clamp((a >> 16 & 0xff) + (b >> 16 & 0xff) - (c >> 16 & 0xff)) << 16
        | Samples.clamp((a >> 8 & 0xff) + (b >> 8 & 0xff) - (c >> 8 & 0xff)) << 8
        | Samples.clamp((a & 0xff) + (b & 0xff) - (c & 0xff));
  }

  /**
   * Returns a + (a − b) / 2, with the half rounded toward zero, each channel clipped to 0 … 255.
   */
  static int addHalfClipped(int a, int b) {
    return half(a >>> 24, b >>> 24) << 24
        | half(a >> 16 & 0xff, b >> 16 & 0xff) << 16
        | half(a >> 8 & 0xff, b >> 8 & 0xff) << 8
        | half(a & 0xff, b & 0xff);
  }

  private static int half(int a, int b) {
    return Samples.clamp(a + (a - b) / 2);
  }
}
