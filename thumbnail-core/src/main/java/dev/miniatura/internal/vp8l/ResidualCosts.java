package dev.miniatura.internal.vp8l;

/** The costs of differences, by channel: at first by their size, then by their frequency. */
final class ResidualCosts {

  private static final int VALUES = 256;

  private final float[] alpha = new float[VALUES];
  private final float[] red = new float[VALUES];
  private final float[] green = new float[VALUES];
  private final float[] blue = new float[VALUES];
  private boolean lessGreen; // whether the costs of red and blue are those with green subtracted
  private final int varying; // bits of the channels that are not constant

  ResidualCosts(int[] pixels) {
    int any = 0;
    for (int pixel : pixels) {
      any |= pixel ^ pixels[0];
    }
    varying = any;
    for (int i = 0; i < VALUES; i++) {
      float cost = (float) (1.5 + 2 * Entropy.log2(1 + Math.abs((byte) i)));
      alpha[i] = cost;
      red[i] = cost;
      green[i] = cost;
      blue[i] = cost;
    }
  }

  /** Learns from the differences of all pixels. */
  void learn(int[] residual) {
    lessGreen = GreenChoice.shrinks(residual);
    learn(residual, 24, alpha);
    learn(residual, 16, red);
    learn(residual, 8, green);
    learn(residual, 0, blue);
  }

  private void learn(int[] residual, int shift, float[] costs) {
    int[] counts = new int[VALUES];
    for (int difference : residual) {
      int d = lessGreen ? GreenChoice.subtract(difference) : difference;
      counts[d >>> shift & 0xff]++;
    }
    double total = Entropy.log2(residual.length);
    for (int i = 0; i < VALUES; i++) {
      costs[i] = (float) (total - (counts[i] == 0 ? -1 : Entropy.log2(counts[i])));
    }
  }

  /** Returns the bits of a number of differences. */
  float bits(int[] row, int length) {
    float sum = 0;
    if ((varying & ~0xff00) == 0) {
      for (int i = 0; i < length; i++) {
        sum += green[row[i] >> 8 & 0xff];
      }
    } else if (varying >>> 24 == 0) {
      for (int i = 0; i < length; i++) {
        int d = lessGreen ? GreenChoice.subtract(row[i]) : row[i];
        sum += red[d >> 16 & 0xff] + green[d >> 8 & 0xff] + blue[d & 0xff];
      }
    } else {
      for (int i = 0; i < length; i++) {
        int d = lessGreen ? GreenChoice.subtract(row[i]) : row[i];
        sum += alpha[d >>> 24] + red[d >> 16 & 0xff] + green[d >> 8 & 0xff] + blue[d & 0xff];
      }
    }
    return sum;
  }
}
