package dev.miniatura.internal.resample;

/**
 * Means of at most {@value #MAX_SAMPLES} bytes as values, by ints only, so that C2 can vectorize
 * them.
 *
 * <p>Division by n samples is multiplication by 2^23 / n, rounded, after which {@value #SHIFT} bits
 * are dropped: a mean is below 255 · 2^23 + 2^15 &lt; 2^31 before that. The error of the factor is
 * less than a half, that of a mean of n samples less than 255 n / 2 / 2^16, and no exact mean is
 * closer to a half than 1 / 2n unless n is a power of two, whose factor is exact: so all means are
 * rounded correctly.
 */
final class ByteMeans {

  static final int MAX_SAMPLES = 16;

  private static final int SHIFT = 16;
  private static final int HALF = 1 << (SHIFT - 1);

  private ByteMeans() {}

  /** Returns the factor for means of a number of samples. */
  static int factor(int samples) {
    return ((1 << (SHIFT + TransferFunction.BITS)) + samples / 2) / samples;
  }

  /** Returns the mean of samples with the given sum. */
  static int mean(int sum, int factor) {
    return (sum * factor + HALF) >>> SHIFT;
  }
}
