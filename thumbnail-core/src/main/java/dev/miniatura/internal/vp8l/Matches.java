package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/** For each pixel, the longest earlier run of pixels that equals the run starting there. */
final class Matches {

  private static final int LENGTH_BITS = 12;
  private static final int MAX_LENGTH = (1 << LENGTH_BITS) - 1;
  private static final int FARTHEST = (1 << (Integer.SIZE - LENGTH_BITS)) - DistanceMap.NEAR;
  private static final int MIN_LENGTH = 2;
  private static final int LONG = 256; // within such a run there is usually no better one
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
    for (int i = 0; i < n; i++) {
      int inherited = i > 0 ? length(i - 1) - 1 : 0;
      if (inherited >= LONG) {
        int distance = distance(i - 1);
        boolean cut = inherited == MAX_LENGTH - 1;
        set(i, distance, cut ? length(i, distance, inherited) : inherited);
      } else {
        find(i, width, chain, heads, previous);
      }
      if (i + MIN_LENGTH <= n) {
        int hash = hash(i);
        previous[i] = heads[hash];
        heads[hash] = i;
      }
    }
  }

  private void find(int i, int width, int chain, int[] heads, int[] previous) {
    int most = Math.min(MAX_LENGTH, pixels.length - i);
    int length = 0;
    int distance = 0;
    if (i >= 1) {
      length = length(i, 1, 0);
      distance = 1;
    }
    if (i >= width) {
      int above = length(i, width, 0);
      if (above >= length) {
        length = above;
        distance = width;
      }
    }
    int left = i + MIN_LENGTH <= pixels.length ? chain : 0;
    for (int at = left > 0 ? heads[hash(i)] : -1;
        at >= 0 && left > 0 && i - at <= FARTHEST && length < most;
        at = previous[at], left--) {
      if (pixels[at + length] == pixels[i + length]) {
        int longer = length(i, i - at, 0);
        left -= longer >> 4; // so that long runs take no longer than many short ones
        if (longer > length) {
          length = longer;
          distance = i - at;
        }
      }
    }
    set(i, distance, length);
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
