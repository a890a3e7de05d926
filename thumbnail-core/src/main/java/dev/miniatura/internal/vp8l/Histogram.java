package dev.miniatura.internal.vp8l;

import org.jspecify.annotations.Nullable;

/** How often the symbols of a group's five codes occur. */
final class Histogram {

  /** Bits of a code's description, about, per symbol and for each code. */
  private static final double BITS_PER_SYMBOL = 3.5;

  private static final double BITS_PER_CODE = 20;

  final int[][] counts;
  private double bits = -1;

  Histogram(int cacheSize) {
    counts =
        new int[][] {
          new int[PrefixCodes.LITERALS + PrefixCodes.LENGTHS + cacheSize],
          new int[PrefixCodes.LITERALS],
          new int[PrefixCodes.LITERALS],
          new int[PrefixCodes.LITERALS],
          new int[PrefixCodes.DISTANCES]
        };
  }

  /** Counts an element. */
  void add(Elements elements, int i) {
    int value = elements.value(i);
    int distance = elements.distance(i);
    if (distance == Elements.LITERAL) {
      counts[0][value >> 8 & 0xff]++;
      counts[1][value >> 16 & 0xff]++;
      counts[2][value & 0xff]++;
      counts[3][value >>> 24]++;
    } else if (distance == Elements.CACHED) {
      counts[0][PrefixCodes.LITERALS + PrefixCodes.LENGTHS + value]++;
    } else {
      counts[0][PrefixCodes.LITERALS + LzPrefix.code(value)]++;
      counts[4][LzPrefix.code(distance)]++;
    }
  }

  /** Adds all that another one has counted. */
  void add(Histogram other) {
    for (int code = 0; code < counts.length; code++) {
      for (int i = 0; i < counts[code].length; i++) {
        counts[code][i] += other.counts[code][i];
      }
    }
    bits = -1;
  }

  /** Returns about how many bits the symbols and the descriptions of their codes take. */
  double bits() {
    if (bits < 0) {
      bits = 0;
      for (int[] each : counts) {
        bits += bits(each, null);
      }
    }
    return bits;
  }

  /** Returns {@link #bits} of the sum of two. */
  double bitsWith(Histogram other) {
    double sum = 0;
    for (int code = 0; code < counts.length; code++) {
      sum += bits(counts[code], other.counts[code]);
    }
    return sum;
  }

  private static double bits(int[] a, int @Nullable [] b) {
    long total = 0;
    int symbols = 0;
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      int count = b == null ? a[i] : a[i] + b[i];
      if (count > 0) {
        total += count;
        symbols++;
        sum += Entropy.weighted(count);
      }
    }
    return symbols <= 1
        ? 4
        : Entropy.weighted(total) - sum + BITS_PER_CODE + BITS_PER_SYMBOL * symbols;
  }

  /** Returns the bits of each symbol of a code; those that do not occur cost most. */
  float[] costs(int code) {
    int[] each = counts[code];
    long total = 0;
    int symbols = 0;
    for (int count : each) {
      total += count;
      symbols += count > 0 ? 1 : 0;
    }
    float[] costs = new float[each.length];
    double most = Entropy.log2(Math.max(total, 2)) + 2;
    for (int i = 0; i < each.length; i++) {
      costs[i] =
          each[i] == 0
              ? (float) most
              : symbols == 1 ? 0 : (float) (Entropy.log2(total) - Entropy.log2(each[i]));
    }
    return costs;
  }
}
