package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/** The colors of a picture, if there are only a few (section 3.5.4). */
final class ColorTable {

  private static final int MAX_COLORS = 256;

  private final int[] colors; // ascending
  private final boolean complete;

  private ColorTable(int[] colors, boolean complete) {
    this.colors = colors;
    this.complete = complete;
  }

  /** Collects the colors of a picture. */
  static ColorTable of(int[] pixels) {
    int[] colors = new int[MAX_COLORS];
    int size = 0;
    int last = -1; // position at which the previous color was found
    for (int argb : pixels) {
      if (last >= 0 && colors[last] == argb) {
        continue;
      }
      int at = Arrays.binarySearch(colors, 0, size, argb);
      if (at < 0) {
        if (size == MAX_COLORS) {
          return new ColorTable(colors, false);
        }
        at = -1 - at;
        System.arraycopy(colors, at, colors, at + 1, size++ - at);
        colors[at] = argb;
      }
      last = at;
    }
    return new ColorTable(Arrays.copyOf(colors, size), true);
  }

  /** Returns whether these are all colors of the picture. */
  boolean isComplete() {
    return complete;
  }

  int size() {
    return colors.length;
  }

  int index(int argb) {
    return Arrays.binarySearch(colors, argb);
  }

  /** Returns the table as written: each color minus the previous one. */
  int[] differences() {
    int[] differences = new int[colors.length];
    for (int i = 0; i < colors.length; i++) {
      differences[i] = i == 0 ? colors[0] : Argb.subtract(colors[i], colors[i - 1]);
    }
    return differences;
  }
}
