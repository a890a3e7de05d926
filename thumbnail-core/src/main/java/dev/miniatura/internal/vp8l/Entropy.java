package dev.miniatura.internal.vp8l;

/** Binary logarithms. */
final class Entropy {

  private static final double LN2 = Math.log(2);
  private static final int TABLE = 1 << 12;
  private static final double[] LOG = new double[TABLE];
  private static final double[] WEIGHTED = new double[TABLE];

  static {
    for (int i = 1; i < TABLE; i++) {
      LOG[i] = Math.log(i) / LN2;
      WEIGHTED[i] = i * LOG[i];
    }
  }

  private Entropy() {}

  /** Returns the logarithm of a number of at least 1. */
  static double log2(long n) {
    return n < TABLE ? LOG[(int) n] : Math.log((double) n) / LN2;
  }

  /** Returns a number times its logarithm, 0 for 0. */
  static double weighted(long n) {
    return n < TABLE ? WEIGHTED[(int) n] : (double) n * log2(n);
  }
}
