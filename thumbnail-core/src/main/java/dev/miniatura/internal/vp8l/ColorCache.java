package dev.miniatura.internal.vp8l;

/** Recently used colors (RFC 9649, section 3.6.2.3), each at the position given by its hash. */
final class ColorCache {

  /** The maximum number of bits of an index. */
  static final int MAX_BITS = 11;

  private static final int MULTIPLIER = 0x1e35a7bd;

  private final int[] colors;
  private final int shift;

  /**
   * Creates a cache, in which all colors are transparent black.
   *
   * @param bits bits of an index, 0 for no cache
   */
  ColorCache(int bits) {
    colors = new int[bits == 0 ? 0 : 1 << bits];
    shift = Integer.SIZE - bits;
  }

  /** Returns the number of colors. */
  int size() {
    return colors.length;
  }

  /** Returns the position of a color. */
  int index(int argb) {
    return (argb * MULTIPLIER) >>> shift;
  }

  /** Returns the color at a position. */
  int get(int index) {
    return colors[index];
  }

  /** Adds pixels in order. */
  void add(int[] argb, int from, int to) {
    for (int i = from; i < to; i++) {
      colors[index(argb[i])] = argb[i];
    }
  }
}
