package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/**
 * Chooses for each block how much of green is subtracted from red, and of green and red from blue
 * (section 3.5.2): linear regression gives approximate factors, which a search with decreasing
 * steps refines while bits are saved.
 */
final class ColorChoice {

  private static final int FIRST_STEP = 4;
  private static final float FACTOR_BITS =
      5; // the cost of a factor that differs from the previous one
  private static final int UNIT = 32; // a factor of 1
  private static final int PASSES = 2;

  private final int[] pixels;
  private final int width;
  private final int height;
  private final int bits;
  private final int columns;
  private final float[] redCosts;
  private final float[] blueCosts;

  // of the current block
  private final byte[] reds;
  private final byte[] greens;
  private final byte[] blues;
  private int size;

  /** The factors, as pixels of the image in which they are written. */
  final int[] elements;

  /**
   * Chooses the factors.
   *
   * @param pixels the pixels, from which the predictions are finally subtracted
   */
  ColorChoice(int[] pixels, int width, int height, int bits) {
    this.pixels = pixels;
    this.width = width;
    this.height = height;
    this.bits = bits;
    columns = Blocks.count(width, bits);
    elements = new int[columns * Blocks.count(height, bits)];
    redCosts = new float[256];
    blueCosts = new float[256];
    reds = new byte[1 << (2 * bits)];
    greens = new byte[reds.length];
    blues = new byte[reds.length];
    int[] redCounts = counts(16);
    int[] blueCounts = counts(0);
    for (int pass = 0; pass < PASSES; pass++) {
      learn(redCounts, redCosts);
      learn(blueCounts, blueCosts);
      Arrays.fill(redCounts, 1);
      Arrays.fill(blueCounts, 1);
      for (int block = 0; block < elements.length; block++) {
        take(block);
        choose(block);
        count(elements[block], redCounts, blueCounts);
      }
    }
    for (int block = 0; block < elements.length; block++) {
      change(block);
    }
  }

  private int[] counts(int shift) {
    int[] counts = new int[256];
    Arrays.fill(counts, 1);
    for (int pixel : pixels) {
      counts[pixel >> shift & 0xff] += 4;
    }
    return counts;
  }

  private static void learn(int[] counts, float[] costs) {
    double total = Entropy.log2(Arrays.stream(counts).sum());
    for (int i = 0; i < counts.length; i++) {
      costs[i] = (float) (total - Entropy.log2(counts[i]));
    }
  }

  private void count(int element, int[] redCounts, int[] blueCounts) {
    for (int i = 0; i < size; i++) {
      redCounts[(reds[i] - delta((byte) element, greens[i])) & 0xff] += 4;
      blueCounts[blue(i, (byte) (element >> 8), (byte) (element >> 16))] += 4;
    }
  }

  private void take(int block) {
    int left = (block % columns) << bits;
    int right = Math.min(width, left + (1 << bits));
    int bottom = Math.min(height, (block / columns + 1) << bits);
    size = 0;
    for (int y = (block / columns) << bits; y < bottom; y++) {
      for (int at = y * width + left; at < y * width + right; at++, size++) {
        reds[size] = (byte) (pixels[at] >> 16);
        greens[size] = (byte) (pixels[at] >> 8);
        blues[size] = (byte) pixels[at];
      }
    }
  }

  private void choose(int block) {
    long gg = 0;
    long gr = 0;
    long rr = 0;
    long gb = 0;
    long rb = 0;
    for (int i = 0; i < size; i++) {
      gg += greens[i] * greens[i];
      gr += greens[i] * reds[i];
      rr += reds[i] * reds[i];
      gb += greens[i] * blues[i];
      rb += reds[i] * blues[i];
    }
    int before = block % columns > 0 ? elements[block - 1] : 0;
    int greenToRed = red((byte) before, factor((double) gr, (double) gg));
    double both = (double) gg * rr - (double) gr * gr;
    int fromGreen =
        both > 0 ? factor((double) (gb * rr - rb * gr), both) : factor((double) gb, (double) gg);
    int fromRed = both > 0 ? factor((double) (rb * gg - gb * gr), both) : 0;
    int[] blue = blue(new int[] {(byte) (before >> 8), (byte) (before >> 16)}, fromGreen, fromRed);
    elements[block] =
        Argb.BLACK | (blue[1] & 0xff) << 16 | (blue[0] & 0xff) << 8 | (greenToRed & 0xff);
  }

  private static int factor(double covariance, double variance) {
    double factor = variance == 0 ? 0 : UNIT * covariance / variance;
    return (int) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, Math.rint(factor)));
  }

  private int red(int before, int likely) {
    int best = before;
    float least = redBits(before) - FACTOR_BITS;
    for (int factor : new int[] {0, likely}) {
      float sum = redBits(factor);
      if (sum < least) {
        least = sum;
        best = factor;
      }
    }
    for (int step = FIRST_STEP; best != before && step > 0; step /= 2) {
      int center = best;
      for (int factor = center - step; factor <= center + step; factor += 2 * step) {
        float sum = factor == (byte) factor ? redBits(factor) : least;
        if (sum < least) {
          least = sum;
          best = factor;
        }
      }
    }
    return best;
  }

  private int[] blue(int[] before, int fromGreen, int fromRed) {
    int[] best = before;
    float least = blueBits(before[0], before[1]) - FACTOR_BITS;
    for (int[] factors : new int[][] {{0, 0}, {fromGreen, fromRed}}) {
      float sum = blueBits(factors[0], factors[1]);
      if (sum < least) {
        least = sum;
        best = factors;
      }
    }
    for (int step = FIRST_STEP; best != before && step > 0; step /= 2) {
      for (int which = 0; which < 2; which++) {
        int[] center = best;
        for (int sign = -1; sign <= 1; sign += 2) {
          int[] factors = center.clone();
          factors[which] += sign * step;
          boolean possible = factors[which] == (byte) factors[which];
          float sum = possible ? blueBits(factors[0], factors[1]) : least;
          if (sum < least) {
            least = sum;
            best = factors;
          }
        }
      }
    }
    return best;
  }

  private float redBits(int greenToRed) {
    float sum = 0;
    for (int i = 0; i < size; i++) {
      sum += redCosts[(reds[i] - delta(greenToRed, greens[i])) & 0xff];
    }
    return sum;
  }

  private float blueBits(int greenToBlue, int redToBlue) {
    float sum = 0;
    for (int i = 0; i < size; i++) {
      sum += blueCosts[blue(i, greenToBlue, redToBlue)];
    }
    return sum;
  }

  private int blue(int i, int greenToBlue, int redToBlue) {
    return (blues[i] - delta(greenToBlue, greens[i]) - delta(redToBlue, reds[i])) & 0xff;
  }

  private void change(int block) {
    int left = (block % columns) << bits;
    int right = Math.min(width, left + (1 << bits));
    int bottom = Math.min(height, (block / columns + 1) << bits);
    int element = elements[block];
    for (int y = (block / columns) << bits; y < bottom; y++) {
      for (int at = y * width + left; at < y * width + right; at++) {
        int argb = pixels[at];
        byte green = (byte) (argb >> 8);
        int red = (argb >> 16) - delta((byte) element, green);
        int blue =
            argb
                - delta((byte) (element >> 8), green)
                - delta((byte) (element >> 16), (byte) (argb >> 16));
        pixels[at] = (argb & 0xff00ff00) | (red & 0xff) << 16 | (blue & 0xff);
      }
    }
  }

  private static int delta(int factor, byte color) {
    return (factor * color) >> 5;
  }
}
