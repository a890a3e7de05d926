package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/**
 * Chooses for each block how much of green is taken from red, and of green and red from blue
 * (section 3.5.2): factors are refined in steps that get smaller, as long as bits are saved.
 */
final class ColorChoice {

  private static final int FIRST_STEP = 32;
  private static final double FACTOR_BITS = 5; // what another factor than before costs

  private final int[] pixels;
  private final int width;
  private final int height;
  private final int bits;
  private final int columns;
  private final double[] redCosts;
  private final double[] blueCosts;

  /** The factors, as pixels of the image they are written as. */
  final int[] elements;

  /** The pixels, less what the factors take. */
  final int[] changed;

  ColorChoice(int[] pixels, int width, int height, int bits) {
    this.pixels = pixels;
    this.width = width;
    this.height = height;
    this.bits = bits;
    columns = Blocks.count(width, bits);
    elements = new int[columns * Blocks.count(height, bits)];
    changed = pixels.clone();
    redCosts = costs(pixels, 16);
    blueCosts = costs(pixels, 0);
    for (int pass = 0; pass < 2; pass++) {
      for (int block = 0; block < elements.length; block++) {
        choose(block);
      }
      System.arraycopy(costs(changed, 16), 0, redCosts, 0, 256);
      System.arraycopy(costs(changed, 0), 0, blueCosts, 0, 256);
    }
  }

  private static double[] costs(int[] pixels, int shift) {
    int[] counts = new int[256];
    Arrays.fill(counts, 1);
    for (int pixel : pixels) {
      counts[pixel >> shift & 0xff] += 4;
    }
    long total = Arrays.stream(counts).sum();
    return Arrays.stream(counts).mapToDouble(n -> Entropy.log2(total) - Entropy.log2(n)).toArray();
  }

  private void choose(int block) {
    int before = block % columns > 0 ? elements[block - 1] : 0;
    int greenToRed = refine((byte) before, f -> redBits(block, f));
    int[] best = {(byte) (before >> 8), (byte) (before >> 16)};
    for (int round = 0; round < 2; round++) {
      best[0] = refine(best[0], f -> blueBits(block, f, best[1]));
      best[1] = refine(best[1], f -> blueBits(block, best[0], f));
    }
    elements[block] =
        Argb.BLACK | (best[1] & 0xff) << 16 | (best[0] & 0xff) << 8 | (greenToRed & 0xff);
    change(block, greenToRed, best[0], best[1]);
  }

  private interface Bits {
    double of(int factor);
  }

  private static int refine(int start, Bits bits) {
    int best = start;
    double least = bits.of(start) - FACTOR_BITS;
    double none = start == 0 ? least : bits.of(0);
    if (none < least) {
      best = 0;
      least = none;
    }
    for (int step = FIRST_STEP; step > 0; step /= 2) {
      int center = best;
      for (int factor = center - step; factor <= center + step; factor += 2 * step) {
        if (factor >= Byte.MIN_VALUE && factor <= Byte.MAX_VALUE) {
          double sum = bits.of(factor);
          if (sum < least) {
            least = sum;
            best = factor;
          }
        }
      }
    }
    return best;
  }

  private double redBits(int block, int greenToRed) {
    double sum = 0;
    int right = Math.min(width, (block % columns + 1) << bits);
    int bottom = Math.min(height, (block / columns + 1) << bits);
    for (int y = (block / columns) << bits; y < bottom; y++) {
      for (int x = (block % columns) << bits; x < right; x++) {
        int argb = pixels[y * width + x];
        sum += redCosts[((argb >> 16) - delta(greenToRed, argb >> 8)) & 0xff];
      }
    }
    return sum;
  }

  private double blueBits(int block, int greenToBlue, int redToBlue) {
    double sum = 0;
    int right = Math.min(width, (block % columns + 1) << bits);
    int bottom = Math.min(height, (block / columns + 1) << bits);
    for (int y = (block / columns) << bits; y < bottom; y++) {
      for (int x = (block % columns) << bits; x < right; x++) {
        int argb = pixels[y * width + x];
        int blue = argb - delta(greenToBlue, argb >> 8) - delta(redToBlue, argb >> 16);
        sum += blueCosts[blue & 0xff];
      }
    }
    return sum;
  }

  private void change(int block, int greenToRed, int greenToBlue, int redToBlue) {
    int right = Math.min(width, (block % columns + 1) << bits);
    int bottom = Math.min(height, (block / columns + 1) << bits);
    for (int y = (block / columns) << bits; y < bottom; y++) {
      for (int x = (block % columns) << bits; x < right; x++) {
        int argb = pixels[y * width + x];
        int red = (argb >> 16) - delta(greenToRed, argb >> 8);
        int blue = argb - delta(greenToBlue, argb >> 8) - delta(redToBlue, argb >> 16);
        changed[y * width + x] = (argb & 0xff00ff00) | (red & 0xff) << 16 | (blue & 0xff);
      }
    }
  }

  private static int delta(int factor, int color) {
    return (factor * (byte) color) >> 5;
  }
}
