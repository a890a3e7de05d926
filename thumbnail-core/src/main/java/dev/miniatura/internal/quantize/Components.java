package dev.miniatura.internal.quantize;

/**
 * Colors as four numbers that can be compared and averaged: red, green and blue premultiplied by
 * alpha, and alpha, in Q{@value #FRACTION_BITS}. So colors differ less the more transparent they
 * are, and all fully transparent ones are one.
 */
final class Components {

  static final int COUNT = 4;
  static final int GREEN = 1;
  static final int ALPHA = 3;

  static final int FRACTION_BITS = 4;
  static final int MAX = 255 << FRACTION_BITS;

  /**
   * What a squared difference counts, per component: the eye's order of green, red, blue, without
   * the neglect of blue that luma weights would mean.
   */
  static final int[] WEIGHTS = {3, 5, 2, 5};

  /** Alpha this close to either end, out of 255, is taken to it: opaque must not shine through. */
  private static final int NEARLY = 8;

  private Components() {}

  /** Takes a color apart. */
  static void of(int argb, int[] components) {
    int alpha = argb >>> 24;
    for (int c = 0; c < ALPHA; c++) {
      int value = argb >> (16 - 8 * c) & 0xff;
      components[c] = (((value * alpha) << FRACTION_BITS) + 127) / 255;
    }
    components[ALPHA] = alpha << FRACTION_BITS;
  }

  /** Puts a color together, to the nearest of 8 bits each. */
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
