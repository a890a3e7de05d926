package dev.miniatura.internal.quantize;

import java.util.Arrays;

/**
 * A picture's colors in bins of 8 × 8 × 8 levels, with the number and the mean of their pixels.
 * Opaque pixels never share a bin with translucent ones; fully transparent ones are left out.
 */
final class ColorHistogram {

  private static final int COLOR_BITS = 5;
  private static final int ALPHA_CLASSES = 8; // opaque, and seven levels of translucency
  private static final int BINS = ALPHA_CLASSES << (3 * COLOR_BITS);

  /** Of each occupied bin: its sums, mean and count, and its place in boxes. */
  private static final int BIN_BYTES = 112;

  private final int[][] means;
  private final long[] counts;
  private final boolean transparent;

  ColorHistogram(ArgbRows rows) {
    int[] numbers = new int[BINS]; // numbers of occupied bins, from 1
    int[] pixels = new int[rows.width()];
    int occupied = 0;
    boolean seenTransparent = false;
    for (int y = 0; y < rows.height(); y++) {
      rows.read(y, pixels);
      for (int pixel : pixels) {
        if (pixel >>> 24 == 0) {
          seenTransparent = true;
        } else if (numbers[bin(pixel)] == 0) {
          numbers[bin(pixel)] = ++occupied;
        }
      }
    }
    transparent = seenTransparent;
    counts = new long[occupied];
    long[][] sums = new long[occupied][Components.COUNT];
    int[] color = new int[Components.COUNT];
    for (int y = 0; y < rows.height(); y++) {
      rows.read(y, pixels);
      for (int pixel : pixels) {
        if (pixel >>> 24 != 0) {
          int number = numbers[bin(pixel)] - 1;
          counts[number]++;
          Components.of(pixel, color);
          for (int c = 0; c < Components.COUNT; c++) {
            sums[number][c] += color[c];
          }
        }
      }
    }
    means = new int[occupied][Components.COUNT];
    for (int i = 0; i < occupied; i++) {
      long count = counts[i];
      long[] sum = sums[i];
      Arrays.setAll(means[i], c -> (int) ((sum[c] + count / 2) / count));
    }
  }

  /** Returns the maximum number of bytes held, including those of {@link ColorBoxes}. */
  static long workingBytes(long pixels, boolean translucent) {
    long bins = translucent ? BINS : BINS / ALPHA_CLASSES;
    return (long) BINS * Integer.BYTES + Math.min(pixels, bins) * BIN_BYTES;
  }

  private static int bin(int pixel) {
    int alpha = pixel >>> 24;
    int alphaClass = alpha == 255 ? ALPHA_CLASSES - 1 : (alpha * (ALPHA_CLASSES - 1)) >> 8;
    int drop = 8 - COLOR_BITS;
    int bin = alphaClass;
    bin = bin << COLOR_BITS | (pixel >> 16 & 0xff) >> drop;
    bin = bin << COLOR_BITS | (pixel >> 8 & 0xff) >> drop;
    return bin << COLOR_BITS | (pixel & 0xff) >> drop;
  }

  /** Returns the number of bins with pixels. */
  int size() {
    return counts.length;
  }

  long count(int bin) {
    return counts[bin];
  }

  int component(int bin, int c) {
    return means[bin][c];
  }

  void mean(int bin, int[] components) {
    System.arraycopy(means[bin], 0, components, 0, Components.COUNT);
  }

  boolean hasTransparent() {
    return transparent;
  }
}
