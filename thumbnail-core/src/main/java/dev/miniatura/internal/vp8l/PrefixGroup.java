package dev.miniatura.internal.vp8l;

/**
 * The five prefix codes that are used together (RFC 9649, section 3.7.2.2): one for green, lengths
 * and the color cache, one each for red, blue and alpha, and one for distances. Their tables, built
 * by {@link PrefixTable}, are stored one after the other; each has a start index and a mask.
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

  /** Alpha, red and blue, if each has only one value. */
  final int constant;

  /**
   * Creates a group.
   *
   * @param starts start indexes of the codes' tables, in the order of the stream; that of green is
   *     0
   * @param rootBits root bits of the codes' tables
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

  /** Returns the bytes of a group whose tables have a number of entries. */
  static long bytes(int entries) {
    return 96 + 2L * entries;
  }
}
