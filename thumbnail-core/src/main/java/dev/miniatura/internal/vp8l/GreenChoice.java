package dev.miniatura.internal.vp8l;

/**
 * Decides whether green is subtracted from red and blue (section 3.5.3), by the entropy of
 * differences.
 */
final class GreenChoice {

  private GreenChoice() {}

  /** Returns a pixel with green subtracted from red and blue. */
  static int subtract(int argb) {
    int green = argb >> 8 & 0xff;
    return Argb.subtract(argb, green << 16 | green);
  }

  /** Returns whether differences are smaller with green subtracted. */
  static boolean shrinks(int[] differences) {
    int[][] counts = new int[4][256]; // of red and blue, unchanged and with green subtracted
    for (int difference : differences) {
      int less = subtract(difference);
      counts[0][difference >> 16 & 0xff]++;
      counts[1][difference & 0xff]++;
      counts[2][less >> 16 & 0xff]++;
      counts[3][less & 0xff]++;
    }
    return weighted(counts[2]) + weighted(counts[3]) >= weighted(counts[0]) + weighted(counts[1]);
  }

  private static double weighted(int[] counts) {
    double sum = 0;
    for (int count : counts) {
      sum += Entropy.weighted(count);
    }
    return sum;
  }
}
