package dev.miniatura.internal.vp8l;

/** The counts of the symbols of a group's five codes. */
final class Histogram {

  /** The approximate bits of a code's description, per symbol and per code. */
  static final double BITS_PER_SYMBOL = 3.5;

  static final double BITS_PER_CODE = 20;
  static final double BITS_OF_ONE_SYMBOL = 4;

  final int[][] counts;

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

  /** Returns the counts of all elements. */
  static Histogram of(Elements elements, int cacheSize) {
    Histogram histogram = new Histogram(cacheSize);
    for (int i = 0; i < elements.size(); i++) {
      histogram.add(elements, i);
    }
    return histogram;
  }

  /** Counts an element. */
  void add(Elements elements, int i) {
    int value = elements.value(i);
    int distance = elements.distance(i);
    if (distance == Elements.LITERAL) {
      addLiteral(value, 1);
    } else if (distance == Elements.CACHED) {
      counts[0][PrefixCodes.LITERALS + PrefixCodes.LENGTHS + value]++;
    } else {
      addCopy(value, distance);
    }
  }

  void addLiteral(int argb, int times) {
    counts[0][argb >> 8 & 0xff] += times;
    counts[1][argb >> 16 & 0xff] += times;
    counts[2][argb & 0xff] += times;
    counts[3][argb >>> 24] += times;
  }

  void addCopy(int length, int distanceCode) {
    counts[0][PrefixCodes.LITERALS + LzPrefix.code(length)]++;
    counts[4][LzPrefix.code(distanceCode)]++;
  }

  /** Adds the counts of another histogram, which may have a smaller cache. */
  void add(Histogram other) {
    for (int code = 0; code < counts.length; code++) {
      for (int i = 0; i < other.counts[code].length; i++) {
        counts[code][i] += other.counts[code][i];
      }
    }
  }

  /**
   * Returns the approximate number of bits: of symbols, their extra bits, and the codes'
   * descriptions.
   */
  double bits() {
    double bits = 0;
    for (int[] each : counts) {
      bits += bits(each);
    }
    for (int code = 4; code < PrefixCodes.DISTANCES; code++) {
      bits += (double) LzPrefix.extraBits(code) * counts[4][code];
    }
    for (int code = 4; code < PrefixCodes.LENGTHS; code++) {
      bits += (double) LzPrefix.extraBits(code) * counts[0][PrefixCodes.LITERALS + code];
    }
    return bits;
  }

  private static double bits(int[] counts) {
    long total = 0;
    int symbols = 0;
    double sum = 0;
    for (int count : counts) {
      if (count > 0) {
        total += count;
        symbols++;
        sum += Entropy.weighted(count);
      }
    }
    return bits(total, symbols, sum);
  }

  /**
   * Returns the approximate number of bits of a code.
   *
   * @param total the number of occurrences of its symbols
   * @param symbols how many of them occur
   * @param sum sum of the {@linkplain Entropy#weighted weighted} counts
   */
  static double bits(long total, int symbols, double sum) {
    return symbols <= 1
        ? BITS_OF_ONE_SYMBOL
        : Entropy.weighted(total) - sum + BITS_PER_CODE + BITS_PER_SYMBOL * symbols;
  }

  /** Returns the bits of each symbol of a code; symbols that do not occur cost most. */
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
