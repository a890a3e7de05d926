package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/** The longest earlier run of pixels that equals the one from each pixel on. */
final class Matches {

  static final int MAX_LENGTH = 4096;
  private static final int MIN_LENGTH = 2;
  private static final int HASH_BITS = 15;
  private static final int FARTHEST = (1 << 20) - DistanceMap.NEAR;

  final int[] lengths;
  final int[] distances;

  /**
   * Finds matches.
   *
   * @param chain how many candidates are tried for each pixel
   */
  Matches(int[] pixels, int width, int chain) {
    int n = pixels.length;
    lengths = new int[n];
    distances = new int[n];
    int[] heads = new int[1 << HASH_BITS];
    int[] previous = new int[n];
    Arrays.fill(heads, -1);
    for (int i = 0; i < n; i++) {
      boolean hashed = i + MIN_LENGTH <= n;
      int most = Math.min(MAX_LENGTH, n - i);
      int length = 0;
      int distance = 0;
      int inherited = i > 0 ? lengths[i - 1] - 1 : 0;
      if (inherited >= 256) { // in the midst of a long run there is no better one, mostly
        lengths[i] = Math.min(inherited, most);
        distances[i] = distances[i - 1];
        if (lengths[i - 1] == MAX_LENGTH) {
          lengths[i] = length(pixels, i, distances[i], inherited, most);
        }
      } else {
        if (i >= 1) {
          length = length(pixels, i, 1, 0, most);
          distance = 1;
        }
        if (i >= width) {
          int above = length(pixels, i, width, 0, most);
          if (above >= length) {
            length = above;
            distance = width;
          }
        }
        if (hashed) {
          int left = chain;
          for (int at = heads[hash(pixels, i)];
              at >= 0 && left > 0 && i - at <= FARTHEST && length < most;
              at = previous[at], left--) {
            if (pixels[at + length] == pixels[i + length]) {
              int found = length(pixels, i, i - at, 0, most);
              if (found > length) {
                length = found;
                distance = i - at;
              }
            }
          }
        }
        lengths[i] = length;
        distances[i] = distance;
      }
      if (hashed) {
        int hash = hash(pixels, i);
        previous[i] = heads[hash];
        heads[hash] = i;
      }
    }
  }

  private static int length(int[] pixels, int at, int distance, int known, int most) {
    int length = known;
    while (length < most && pixels[at + length] == pixels[at + length - distance]) {
      length++;
    }
    return length;
  }

  private static int hash(int[] pixels, int i) {
    return ((pixels[i] * 0x1e35a7bd) ^ (pixels[i + 1] * 0x9e3779b1)) >>> (Integer.SIZE - HASH_BITS);
  }
}
