package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/** Chooses the size of the color cache: all are tried at once, with one choice of references. */
final class CacheChoice {

  private static final int MAX_BITS = 10;

  /** Bits of an index in the best cache, 0 for none. */
  final int bits;

  /** The counts of symbols with that cache. */
  final Histogram histogram;

  CacheChoice(int[] pixels, Parser parser) {
    Histogram plain = new Histogram(0);
    Histogram[] changes = new Histogram[MAX_BITS + 1]; // the counts with a cache of a given size
    int[][] colors = new int[MAX_BITS + 1][];
    for (int size = 1; size <= MAX_BITS; size++) {
      changes[size] = new Histogram(1 << size);
      colors[size] = new int[1 << size];
    }
    ColorCache places = new ColorCache(MAX_BITS);
    for (int i = 0; i < pixels.length; ) {
      int length = parser.greedy(i);
      int argb = pixels[i];
      if (length == 1) {
        plain.addLiteral(argb, 1);
        int place = places.index(argb);
        for (int size = 1; size <= MAX_BITS; size++) {
          int at = place >>> (MAX_BITS - size);
          if (colors[size][at] == argb) {
            changes[size].addLiteral(argb, -1);
            changes[size].counts[0][PrefixCodes.LITERALS + PrefixCodes.LENGTHS + at]++;
          }
        }
      } else {
        plain.addCopy(length, parser.distanceCode(i));
      }
      for (int end = i + length; i < end; i++) {
        if (i == 0 || pixels[i] != pixels[i - 1]) {
          int place = places.index(pixels[i]);
          for (int size = 1; size <= MAX_BITS; size++) {
            colors[size][place >>> (MAX_BITS - size)] = pixels[i];
          }
        }
      }
    }
    double[] cost = new double[MAX_BITS + 1];
    cost[0] = plain.bits();
    int best = 0;
    for (int size = 1; size <= MAX_BITS; size++) {
      changes[size].add(plain);
      cost[size] = changes[size].bits();
      best = cost[size] < cost[best] ? size : best;
    }
    bits = best;
    histogram = best == 0 ? plain : changes[best];
  }

  /**
   * Returns for each pixel its index in the cache if it is in there at that point, otherwise −1.
   */
  static short[] places(int[] pixels, int bits) {
    short[] places = new short[pixels.length];
    Arrays.fill(places, (short) -1);
    if (bits > 0) {
      ColorCache cache = new ColorCache(bits);
      for (int i = 0; i < pixels.length; i++) {
        int index = cache.index(pixels[i]);
        if (cache.get(index) == pixels[i]) {
          places[i] = (short) index;
        }
        cache.add(pixels, i, i + 1);
      }
    }
    return places;
  }
}
