package dev.miniatura.internal.vp8l;

/**
 * The five prefix codes that are used together (RFC 9649, section 3.7.2.2): one for green, lengths
 * and the color cache, those of red, blue and alpha, and that of distances. Their tables, built by
 * {@link PrefixTable}, lie one after the other; each has an index where it starts, and a mask.
 */
final class PrefixGroup {

  static final int CODES = 5;

  final char[] entries;
  final int greenMask;
  final int red;
  final int redMask;
  final int blue;
  final int blueMask;
  final int alpha;
  final int alphaMask;
  final int distance;
  final int distanceMask;

  /** Whether red, blue and alpha have one value each, which {@link #constant} holds. */
  final boolean greenOnly;

  /** Alpha, red and blue, where each has one value. */
  final int constant;

  /**
   * Creates a group.
   *
   * @param starts of the codes' tables, in the order of the stream; that of green is 0
   * @param rootBits of the codes' tables
   */
  PrefixGroup(char[] entries, int[] starts, int[] rootBits) {
    this.entries = entries;
    greenMask = (1 << rootBits[0]) - 1;
    red = starts[1];
    redMask = (1 << rootBits[1]) - 1;
    blue = starts[2];
    blueMask = (1 << rootBits[2]) - 1;
    alpha = starts[3];
    alphaMask = (1 << rootBits[3]) - 1;
    distance = starts[4];
    distanceMask = (1 << rootBits[4]) - 1;
    greenOnly = (redMask | blueMask | alphaMask) == 0;
    constant =
        greenOnly ? entries[alpha] >>> 4 << 24 | entries[red] >>> 4 << 16 | entries[blue] >>> 4 : 0;
  }

  /** Returns the bytes that a group takes whose tables have so many entries. */
  static long bytes(int entries) {
    return 96 + 2L * entries;
  }
}
