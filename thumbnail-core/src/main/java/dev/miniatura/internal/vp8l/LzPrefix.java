package dev.miniatura.internal.vp8l;

/** Prefix codes of lengths and distances, and their extra bits (RFC 9649, section 3.6.2.2). */
final class LzPrefix {

  private LzPrefix() {}

  /** Returns the prefix code of a value of at least 1. */
  static int code(int value) {
    int rest = value - 1;
    if (rest < 4) {
      return rest;
    }
    int high = 31 - Integer.numberOfLeadingZeros(rest);
    return 2 * high + (rest >> (high - 1) & 1);
  }

  /** Returns how many extra bits follow a prefix code. */
  static int extraBits(int code) {
    return code < 4 ? 0 : (code - 2) >> 1;
  }

  /** Returns the extra bits of a value. */
  static int extra(int value) {
    return (value - 1) & ((1 << extraBits(code(value))) - 1);
  }
}
