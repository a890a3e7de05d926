package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/** For each pixel, the longest earlier run of pixels that equals the run starting there. */
final class Matches {

  private static final int LENGTH_BITS = 12;
  static final int MAX_LENGTH = (1 << LENGTH_BITS) - 1;
  private static final int FARTHEST = (1 << (Integer.SIZE - LENGTH_BITS)) - DistanceMap.NEAR;
  private static final int MIN_LENGTH = 2;
  static final int LONG = 64; // within such a run there is usually no better one
  private static final int HASH_BITS = 15;

  private final int[] pixels;
  private final int[] found; // distance, then length

  /**
   * Finds matches.
   *
   * @param chain how many candidates are tried for each pixel
   */
  Matches(int[] pixels, int width, int chain) {
    this.pixels = pixels;
    int n = pixels.length;
    found = new int[n];
    int[] heads = new int[1 << HASH_BITS];
    int[] previous = new int[n];
    Arrays.fill(heads, -1);
    short[] left = runs(1);
    short[] above = runs(width);
    for (int i = 0; i < n; i++) {
      inherit(i);
      improve(i, 1, left[i]);
      improve(i, width, above[i]);
      if (i + MIN_LENGTH <= n) {
        int hash = hash(i);
        if (length(i) < LONG) {
          int near = Math.max(left[i], above[i]);
          search(i, Math.max(near, length(i) - 1), chain, heads[hash], previous);
        }
        previous[i] = heads[hash];
        heads[hash] = i;
      }
    }
  }

  /** Returns for how many pixels, from each one on, all equal those at a distance. */
  private short[] runs(int distance) {
    short[] runs = new short[pixels.length];
    int run = 0;
    for (int i = pixels.length - 1; i >= distance; i--) {
      run = pixels[i] == pixels[i - distance] ? Math.min(run + 1, MAX_LENGTH) : 0;
      runs[i] = (short) run;
    }
    return runs;
  }

  /** Goes on with the match of the pixel before. */
  private void inherit(int i) {
    int rest = i == 0 ? 0 : length(i - 1) - 1;
    if (rest > 0) {
      int distance = distance(i - 1);
      set(i, distance, rest == MAX_LENGTH - 1 ? length(i, distance, rest) : rest);
    }
  }

  private void improve(int i, int distance, int length) {
    if (length > 0 && length >= length(i)) {
      set(i, distance, length);
    }
  }

  /** Looks for a match longer than so many pixels, the nearest of equally long ones. */
  private void search(int i, int least, int chain, int head, int[] previous) {
    int most = Math.min(MAX_LENGTH, pixels.length - i);
    int length = least;
    int left = chain;
    for (int at = head;
        at >= 0 && left > 0 && i - at <= FARTHEST && length < most;
        at = previous[at], left--) {
      if (pixels[at + length] == pixels[i + length]) {
        int longer = length(i, i - at, 0);
        left -= longer >> 4; // so that long runs take no more time than many short ones
        if (longer > length) {
          length = longer;
          set(i, i - at, length);
        }
      }
    }
  }

  private void set(int i, int distance, int length) {
    found[i] = distance << LENGTH_BITS | length;
  }

  /** Returns the length of the match at a pixel, 0 for none. */
  int length(int i) {
    return found[i] & MAX_LENGTH;
  }

  /** Returns the distance of the match at a pixel. */
  int distance(int i) {
    return found[i] >>> LENGTH_BITS;
  }

  private int length(int at, int distance, int known) {
    int most = Math.min(MAX_LENGTH, pixels.length - at);
    int length = known;
    while (length < most && pixels[at + length] == pixels[at + length - distance]) {
      length++;
    }
    return length;
  }

  private int hash(int i) {
    return ((pixels[i] * 0x1e35a7bd) ^ (pixels[i + 1] * 0x9e3779b1)) >>> (Integer.SIZE - HASH_BITS);
  }
}
