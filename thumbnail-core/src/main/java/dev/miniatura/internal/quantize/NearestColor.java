package dev.miniatura.internal.quantize;

import java.util.Arrays;

/**
 * Finds the color of a palette with the smallest weighted squared difference ({@link
 * Components#WEIGHTS}). The colors are sorted by green, the component with the largest weight; the
 * search moves away from the given green in both directions until green alone differs more than the
 * best color.
 */
final class NearestColor {

  private final int[][] colors;

  /** For every level of green, the first color in {@link #colors} with at least that much. */
  private final int[] starts = new int[256];

  private final int[] order;

  NearestColor(int[][] palette) {
    long[] keys = new long[palette.length];
    Arrays.setAll(keys, i -> (long) palette[i][Components.GREEN] << 32 | i);
    Arrays.sort(keys);
    order = new int[palette.length];
    Arrays.setAll(order, i -> (int) keys[i]);
    colors = new int[palette.length][];
    Arrays.setAll(colors, i -> palette[order[i]]);
    for (int level = 0, i = 0; level < starts.length; level++) {
      while (i < colors.length && colors[i][Components.GREEN] < level << Components.FRACTION_BITS) {
        i++;
      }
      starts[level] = i;
    }
  }

  /** Returns the index in the palette. Components lie within 0 and {@link Components#MAX}. */
  int find(int[] color) {
    int green = color[Components.GREEN];
    int above = starts[green >> Components.FRACTION_BITS];
    int below = above - 1;
    int min = Integer.MAX_VALUE;
    int best = 0;
    while (true) {
      int stepAbove = above < colors.length ? greenError(above, green) : Integer.MAX_VALUE;
      int stepBelow = below >= 0 ? greenError(below, green) : Integer.MAX_VALUE;
      if (Math.min(stepAbove, stepBelow) >= min) {
        return order[best];
      }
      int candidate = stepAbove <= stepBelow ? above++ : below--;
      int error = error(colors[candidate], color);
      if (error < min) {
        min = error;
        best = candidate;
      }
    }
  }

  private int greenError(int i, int green) {
    int difference = colors[i][Components.GREEN] - green;
    return Components.WEIGHTS[Components.GREEN] * difference * difference;
  }

  private static int error(int[] first, int[] second) { // at most 15 · 4080²
    int error = 0;
    for (int c = 0; c < Components.COUNT; c++) {
      int difference = first[c] - second[c];
      error += Components.WEIGHTS[c] * difference * difference;
    }
    return error;
  }
}
