package dev.miniatura.internal.jpeg.decode;

/** The coding of signed numbers. */
final class Extend {

  private Extend() {}

  /**
   * T.81, F.2.2.1, EXTEND: the lower half of a size's values, those whose first bit is 0, stands
   * for negative numbers. Branch-free, because signs are unpredictable.
   *
   * @param value {@code size} bits
   * @param size 0 to 16
   */
  static int signed(int value, int size) {
    int negative = (value - ((1 << size) >> 1)) >> 31;
    return value + (negative & (1 - (1 << size)));
  }
}
