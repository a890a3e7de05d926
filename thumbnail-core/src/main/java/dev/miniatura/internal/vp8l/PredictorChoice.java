package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/** Chooses a predictor for each block, and takes away what it predicts (section 3.5.1). */
final class PredictorChoice {

  static final int MODES = 14;

  private static final double MODE_CHANGE_BITS = 3;

  private final int[] pixels;
  private final int width;
  private final int height;
  private final int bits;
  private final int columns;
  private final double[][] costs = new double[4][256]; // bits of a difference, by channel

  /** The modes, as pixels of the image they are written as. */
  final int[] modes;

  /** The differences. */
  final int[] residual;

  PredictorChoice(int[] pixels, int width, int height, int bits) {
    this.pixels = pixels;
    this.width = width;
    this.height = height;
    this.bits = bits;
    columns = Blocks.count(width, bits);
    modes = new int[columns * Blocks.count(height, bits)];
    residual = new int[pixels.length];
    for (double[] channel : costs) {
      for (int i = 0; i < 256; i++) {
        channel[i] = 1.5 + 2 * Entropy.log2(1 + Math.abs((byte) i));
      }
    }
    for (int pass = 0; pass < 2; pass++) {
      for (int block = 0; block < modes.length; block++) {
        choose(block);
      }
      learn();
    }
  }

  private void choose(int block) {
    int before = block % columns > 0 ? modes[block - 1] >> 8 & 15 : -1;
    double least = Double.MAX_VALUE;
    int best = 0;
    for (int mode = 0; mode < MODES; mode++) {
      double cost = mode == before ? 0 : MODE_CHANGE_BITS;
      cost += subtract(block, mode, least - cost);
      if (cost < least) {
        least = cost;
        best = mode;
      }
    }
    modes[block] = Argb.BLACK | best << 8;
    subtract(block, best, Double.MAX_VALUE);
  }

  /** Takes away what a mode predicts; returns the bits that is worth, or more than {@code most}. */
  private double subtract(int block, int mode, double most) {
    int left = (block % columns) << bits;
    int top = (block / columns) << bits;
    int right = Math.min(width, left + (1 << bits));
    int bottom = Math.min(height, top + (1 << bits));
    double sum = 0;
    for (int y = top; y < bottom && sum < most; y++) {
      for (int x = left, at = y * width + left; x < right; x++, at++) {
        int difference = Argb.subtract(pixels[at], predict(mode, x, y, at));
        residual[at] = difference;
        sum +=
            costs[0][difference >>> 24]
                + costs[1][difference >> 16 & 0xff]
                + costs[2][difference >> 8 & 0xff]
                + costs[3][difference & 0xff];
      }
    }
    return sum;
  }

  private int predict(int mode, int x, int y, int at) {
    if (y == 0) {
      return x == 0 ? Argb.BLACK : pixels[at - 1];
    }
    if (x == 0) {
      return pixels[at - width];
    }
    return Predictor.predict(
        mode, pixels[at - 1], pixels[at - width], pixels[at - width + 1], pixels[at - width - 1]);
  }

  /** Learns costs from the differences of all blocks. */
  private void learn() {
    int[][] counts = new int[4][256];
    for (int difference : residual) {
      for (int channel = 0; channel < 4; channel++) {
        counts[channel][difference >>> (24 - 8 * channel) & 0xff]++;
      }
    }
    for (int channel = 0; channel < 4; channel++) {
      long total = Arrays.stream(counts[channel]).sum();
      for (int i = 0; i < 256; i++) {
        int count = counts[channel][i];
        costs[channel][i] = Entropy.log2(total) - (count == 0 ? -1 : Entropy.log2(count));
      }
    }
  }
}
