package dev.miniatura.internal.vp8l;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Chooses the elements of an image: the path through its pixels that costs the fewest bits. */
final class Parser {

  /** All lengths of a match up to this one are tried, and the longest. */
  private static final int ALL_LENGTHS = 24;

  private static final int MIN_GREEDY = 3;

  /** The number of near distance codes that are tried at most besides the longest match. */
  static final int NEIGHBORS = 32;

  private final int[] pixels;
  private final Matches matches;
  private final int[] nearCodes; // distance code by distance, 0 for none
  private final int[] neighbors; // distance by distance code

  Parser(int[] pixels, int width, Matches matches) {
    this.pixels = pixels;
    this.matches = matches;
    nearCodes = new int[DistanceMap.near(DistanceMap.NEAR, width) + 1];
    for (int code = DistanceMap.NEAR; code >= 1; code--) {
      nearCodes[DistanceMap.near(code, width)] = code;
    }
    neighbors = new int[NEIGHBORS + 1];
    for (int code = 1; code <= NEIGHBORS; code++) {
      neighbors[code] = DistanceMap.near(code, width);
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
   * @param near how many near distance codes are tried, at most {@value #NEIGHBORS}
   */
  Elements cheapest(short[] cached, Histogram seen, int near) {
    Path path = new Path(seen, near);
    for (int i = 0; i < pixels.length; i++) {
      path.pass(i, cached[i]);
    }
    return path.elements(cached);
  }

  /** The cheapest ways to each pixel. */
  private final class Path {

    private final float[][] costs = new float[PrefixGroup.CODES][];
    private final float[] lengthCosts = new float[ALL_LENGTHS + 1];
    private final int[] near; // distance codes, the cheapest first
    private final int[] ends = new int[NEIGHBORS + 1]; // of the pixels that equal those there
    private final float[] total = new float[pixels.length + 1];
    private final short[] steps = new short[pixels.length + 1]; // the element that ends here
    private final byte[] codes = new byte[pixels.length + 1]; // its near distance code, or 0

    Path(Histogram seen, int count) {
      Arrays.setAll(costs, seen::costs);
      for (int length = 2; length <= ALL_LENGTHS; length++) {
        lengthCosts[length] = lengthCost(length);
      }
      near =
          IntStream.rangeClosed(1, count)
              .boxed()
              .sorted(Comparator.comparing(this::distanceCost))
              .mapToInt(Integer::intValue)
              .toArray();
      Arrays.fill(total, 1, total.length, Float.MAX_VALUE);
    }

    private float lengthCost(int length) {
      int code = LzPrefix.code(length);
      return costs[0][PrefixCodes.LITERALS + code] + LzPrefix.extraBits(code);
    }

    private float distanceCost(int distanceCode) {
      int code = LzPrefix.code(distanceCode);
      return costs[4][code] + LzPrefix.extraBits(code);
    }

    private float pixelCost(int argb, int cached) {
      return cached >= 0
          ? costs[0][PrefixCodes.LITERALS + PrefixCodes.LENGTHS + cached]
          : costs[0][argb >> 8 & 0xff]
              + costs[1][argb >> 16 & 0xff]
              + costs[2][argb & 0xff]
              + costs[3][argb >>> 24];
    }

    /** Goes on from a pixel with every element that may begin there. */
    void pass(int i, int cached) {
      relax(i, 1, pixelCost(pixels[i], cached), 0);
      int longest = matches.length(i);
      int reached = 1;
      for (int k = 0; longest > 1 && k < near.length && reached < Matches.LONG; k++) {
        int code = near[k];
        if (ends[code] <= i) {
          ends[code] = end(i, neighbors[code]);
        }
        int run = Math.min(ends[code] - i, Matches.MAX_LENGTH);
        if (run > reached) { // shorter ones are cheaper already
          relax(i, reached, run, distanceCost(code), code);
          reached = run;
        }
      }
      if (reached < longest) {
        relax(i, reached, longest, distanceCost(distanceCode(i)), 0);
      }
    }

    private int end(int i, int distance) {
      int end = i;
      while (end >= distance && end < pixels.length && pixels[end] == pixels[end - distance]) {
        end++;
      }
      return end;
    }

    private void relax(int i, int reached, int longest, float distanceCost, int code) {
      for (int length = reached + 1; length <= Math.min(longest, ALL_LENGTHS); length++) {
        relax(i, length, distanceCost + lengthCosts[length], code);
      }
      if (longest > ALL_LENGTHS) {
        relax(i, longest, distanceCost + lengthCost(longest), code);
      }
    }

    private void relax(int from, int length, float cost, int code) {
      float sum = total[from] + cost;
      if (sum < total[from + length]) {
        total[from + length] = sum;
        steps[from + length] = (short) length;
        codes[from + length] = (byte) code;
      }
    }

    /** Turns the steps, which are indexed by their end, into elements. */
    Elements elements(short[] cached) {
      int count = 0;
      int next = 0;
      for (int at = pixels.length; at > 0; count++) { // steps are moved to their start
        int step = steps[at] << 8 | codes[at];
        steps[at] = (short) (next >> 8);
        codes[at] = (byte) next;
        next = step;
        at -= next >> 8;
      }
      steps[0] = (short) (next >> 8);
      codes[0] = (byte) next;
      Elements elements = new Elements(count);
      for (int at = 0; at < pixels.length; at += steps[at]) {
        if (steps[at] > 1) {
          elements.copy(steps[at], codes[at] == 0 ? distanceCode(at) : codes[at]);
        } else if (cached[at] >= 0) {
          elements.cached(cached[at]);
        } else {
          elements.literal(pixels[at]);
        }
      }
      return elements;
    }
  }
}
