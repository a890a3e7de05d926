package dev.miniatura.internal.deflate;

/** Binary logarithms from a table, the same on every JDK, unlike those of {@link Math#log}. */
final class Log2 {

  private static final int BITS = 9;
  private static final double[] MANTISSA = new double[1 << BITS];

  static {
    for (int i = 0; i < MANTISSA.length; i++) {
      MANTISSA[i] = StrictMath.log(1 + (double) i / MANTISSA.length) / StrictMath.log(2);
    }
  }

  private Log2() {}

  /** Returns the logarithm of a number above 0, too small by 0.003 at most. */
  static double of(int number) {
    int zeros = Integer.numberOfLeadingZeros(number);
    int mantissa = number << zeros << 1 >>> (Integer.SIZE - BITS);
    return Integer.SIZE - 1 - zeros + MANTISSA[mantissa];
  }
}
