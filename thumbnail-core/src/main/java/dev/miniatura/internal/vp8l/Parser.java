package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/** Chooses the elements of an image: the path through its pixels that costs the fewest bits. */
final class Parser {

  /** All lengths of a match up to this one are tried, and the longest. */
  private static final int ALL_LENGTHS = 24;

  private static final int MIN_GREEDY = 3;

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

  /** Returns the distance code of the match at a pixel. */
  int distanceCode(int i) {
    int distance = matches.distance(i);
    int near = distance < nearCodes.length ? nearCodes[distance] : 0;
    return near > 0 ? near : distance + DistanceMap.NEAR;
  }

  /** Returns how many pixels to advance: the length of the match, unless the next one is longer. */
  int greedy(int i) {
    int length = matches.length(i);
    boolean better = i + 1 < pixels.length && matches.length(i + 1) > length;
    return length >= MIN_GREEDY && !better ? length : 1;
  }

  /**
   * Returns the cheapest elements, by the costs of symbols in earlier elements.
   *
   * @param cached the position of each pixel in the color cache, −1 for none
   */
  Elements cheapest(short[] cached, Histogram seen) {
    float[][] costs = new float[PrefixGroup.CODES][];
    for (int code = 0; code < costs.length; code++) {
      costs[code] = seen.costs(code);
    }
    float[] lengthCosts = new float[ALL_LENGTHS + 1];
    for (int length = 2; length <= ALL_LENGTHS; length++) {
      lengthCosts[length] = lengthCost(costs[0], length);
    }
    int n = pixels.length;
    float[] total = new float[n + 1];
    short[] steps = new short[n + 1]; // the length of the element that ends here
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
      int most = matches.length(i);
      if (most >= 2) {
        int distance = LzPrefix.code(distanceCode(i));
        float base = costs[4][distance] + LzPrefix.extraBits(distance);
        for (int length = 2; length <= Math.min(most, ALL_LENGTHS); length++) {
          relax(total, steps, i, length, base + lengthCosts[length]);
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

  private static void relax(float[] total, short[] steps, int from, int length, float cost) {
    float sum = total[from] + cost;
    if (sum < total[from + length]) {
      total[from + length] = sum;
      steps[from + length] = (short) length;
    }
  }

  /** Turns the steps, which are indexed by their end, into elements. */
  private Elements follow(short[] steps, short[] cached) {
    int count = 0;
    short next = 0;
    for (int at = pixels.length; at > 0; count++) { // steps are moved to their start
      short length = steps[at];
      steps[at] = next;
      next = length;
      at -= length;
    }
    steps[0] = next;
    Elements elements = new Elements(count);
    for (int at = 0; at < pixels.length; at += steps[at]) {
      if (steps[at] > 1) {
        elements.copy(steps[at], distanceCode(at));
      } else if (cached[at] >= 0) {
        elements.cached(cached[at]);
      } else {
        elements.literal(pixels[at]);
      }
    }
    return elements;
  }
}
