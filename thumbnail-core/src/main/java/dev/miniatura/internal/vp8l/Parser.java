package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/** Chooses what an image is coded as: the path through its pixels that costs the fewest bits. */
final class Parser {

  /** Of a match, lengths up to this one are all tried, and the longest. */
  private static final int ALL_LENGTHS = 24;

  private final int[] pixels;
  private final Matches matches;
  private final int[] nearCodes; // distance code by distance, 0 for none

  Parser(int[] pixels, int width, Matches matches) {
    this.pixels = pixels;
    this.matches = matches;
    nearCodes = new int[DistanceMap.near(DistanceMap.NEAR, width) + 1];
    for (int code = DistanceMap.NEAR; code >= 1; code--) {
      nearCodes[DistanceMap.near(code, width)] = code;
    }
  }

  private int distanceCode(int distance) {
    int near = distance < nearCodes.length ? nearCodes[distance] : 0;
    return near > 0 ? near : distance + DistanceMap.NEAR;
  }

  /** Returns the index in a cache of each pixel that is in it when its turn comes, else −1. */
  int[] cached(int cacheBits) {
    int[] indices = new int[pixels.length];
    Arrays.fill(indices, -1);
    if (cacheBits > 0) {
      ColorCache cache = new ColorCache(cacheBits);
      for (int i = 0; i < pixels.length; i++) {
        int index = cache.index(pixels[i]);
        if (cache.get(index) == pixels[i]) {
          indices[i] = index;
        }
        cache.add(pixels, i, i + 1);
      }
    }
    return indices;
  }

  /** Takes the longest match at each pixel, unless the next one has a longer one. */
  Elements greedy(int[] cached) {
    Elements elements = new Elements(pixels.length / 4 + 16);
    for (int i = 0; i < pixels.length; ) {
      int length = matches.lengths[i];
      boolean better = i + 1 < pixels.length && matches.lengths[i + 1] > length;
      if (length >= 3 && !better) {
        elements.copy(length, distanceCode(matches.distances[i]));
        i += length;
      } else {
        put(elements, cached, i++);
      }
    }
    return elements;
  }

  private void put(Elements elements, int[] cached, int i) {
    if (cached[i] >= 0) {
      elements.cached(cached[i]);
    } else {
      elements.literal(pixels[i]);
    }
  }

  /** Returns the cheapest elements by the costs of symbols that occurred in others. */
  Elements cheapest(int[] cached, Histogram seen) {
    float[][] costs = new float[PrefixGroup.CODES][];
    for (int code = 0; code < costs.length; code++) {
      costs[code] = seen.costs(code);
    }
    int n = pixels.length;
    float[] total = new float[n + 1];
    int[] steps = new int[n + 1]; // the length of the element that ends here
    Arrays.fill(total, 1, n + 1, Float.MAX_VALUE);
    for (int i = 0; i < n; i++) {
      int argb = pixels[i];
      float one =
          cached[i] >= 0
              ? costs[0][PrefixCodes.LITERALS + PrefixCodes.LENGTHS + cached[i]]
              : costs[0][argb >> 8 & 0xff]
                  + costs[1][argb >> 16 & 0xff]
                  + costs[2][argb & 0xff]
                  + costs[3][argb >>> 24];
      relax(total, steps, i, 1, one);
      int most = matches.lengths[i];
      if (most >= 2) {
        int distance = LzPrefix.code(distanceCode(matches.distances[i]));
        float base = costs[4][distance] + LzPrefix.extraBits(distance);
        for (int length = 2; length <= Math.min(most, ALL_LENGTHS); length++) {
          relax(total, steps, i, length, base + lengthCost(costs[0], length));
        }
        if (most > ALL_LENGTHS) {
          relax(total, steps, i, most, base + lengthCost(costs[0], most));
        }
      }
    }
    return follow(steps, cached);
  }

  private static float lengthCost(float[] costs, int length) {
    int code = LzPrefix.code(length);
    return costs[PrefixCodes.LITERALS + code] + LzPrefix.extraBits(code);
  }

  private static void relax(float[] total, int[] steps, int from, int length, float cost) {
    float sum = total[from] + cost;
    if (sum < total[from + length]) {
      total[from + length] = sum;
      steps[from + length] = length;
    }
  }

  private Elements follow(int[] steps, int[] cached) {
    int n = pixels.length;
    int[] ends = new int[n + 1];
    int count = 0;
    for (int at = n; at > 0; at -= steps[at]) {
      ends[count++] = at;
    }
    Elements elements = new Elements(count);
    for (int at = 0; count > 0; at = ends[count]) {
      int length = steps[ends[--count]];
      if (length == 1) {
        put(elements, cached, at);
      } else {
        elements.copy(length, distanceCode(matches.distances[at]));
      }
    }
    return elements;
  }
}
