package dev.miniatura.internal.quantize;

/**
 * Colors as four numbers that can be compared and averaged: red, green and blue premultiplied by
 * alpha, and alpha, in Q{@value #FRACTION_BITS}. So the more transparent colors are, the less they
 * differ, and all fully transparent ones are equal.
 */
final class Components {

  static final int COUNT = 4;
  static final int GREEN = 1;
  static final int ALPHA = 3;

  static final int FRACTION_BITS = 4;
  static final int MAX = 255 << FRACTION_BITS;

  /**
   * The weight of a squared difference, per component: in the eye's order of green, red, blue, but
   * without neglecting blue as luma weights would.
   */
  static final int[] WEIGHTS = {3, 5, 2, 5};

  /**
   * Alpha this close to either end, out of 255, is moved to it: opaque pixels must not become
   * translucent.
   */
  private static final int NEARLY = 8;

  private Components() {}

  /** Splits a color into components. */
  static void of(int argb, int[] components) {
    int alpha = argb >>> 24;
    for (int c = 0; c < ALPHA; c++) {
      int value = argb >> (16 - 8 * c) & 0xff;
      components[c] = (((value * alpha) << FRACTION_BITS) + 127) / 255;
    }
    components[ALPHA] = alpha << FRACTION_BITS;
  }

  /** Combines components to a color, each rounded to 8 bits. */
  static int toArgb(int[] components) {
    int alpha = (components[ALPHA] + (1 << (FRACTION_BITS - 1))) >> FRACTION_BITS;
    if (alpha < NEARLY) {
      return 0;
    }
    int argb = alpha > 255 - NEARLY ? 255 : alpha;
    for (int c = 0; c < ALPHA; c++) {
      int straight = (components[c] * 255 + components[ALPHA] / 2) / components[ALPHA];
      argb = argb << 8 | Math.min(straight, 255);
    }
    return argb;
  }
}
