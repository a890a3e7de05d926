package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/**
 * The counts of the symbols of all five codes that occur in a few blocks: like a {@link Histogram},
 * but compact.
 */
final class SymbolCounts {

  private final char[] symbols; // ascending, code after code
  private final int[] counts;
  private final int[] starts; // start of each code, and the end
  private final double bits;

  /**
   * Creates counts.
   *
   * @param symbols ascending
   * @param firsts the first symbol of each code, and their number
   */
  SymbolCounts(char[] symbols, int[] counts, int[] firsts) {
    this.symbols = symbols;
    this.counts = counts;
    starts = new int[firsts.length];
    double sum = 0;
    int at = 0;
    for (int code = 0; code < firsts.length - 1; code++) {
      starts[code] = at;
      long total = 0;
      double weighted = 0;
      for (; at < symbols.length && symbols[at] < firsts[code + 1]; at++) {
        total += counts[at];
        weighted += Entropy.weighted(counts[at]);
      }
      sum += Histogram.bits(total, at - starts[code], weighted);
    }
    starts[firsts.length - 1] = at;
    bits = sum;
  }

  /** Returns the approximate number of bits of the symbols and of their codes' descriptions. */
  double bits() {
    return bits;
  }

  /** Returns {@link #bits} of the sum of two. */
  double bitsWith(SymbolCounts other) {
    double sum = 0;
    for (int code = 0; code < starts.length - 1; code++) {
      sum += bitsWith(other, code);
    }
    return sum;
  }

  private double bitsWith(SymbolCounts other, int code) {
    int i = starts[code];
    int end = starts[code + 1];
    int j = other.starts[code];
    int otherEnd = other.starts[code + 1];
    long total = 0;
    int distinct = 0;
    double weighted = 0;
    while (i < end || j < otherEnd) {
      int symbol = i < end ? symbols[i] : Integer.MAX_VALUE;
      int otherSymbol = j < otherEnd ? other.symbols[j] : Integer.MAX_VALUE;
      int count = 0;
      if (symbol <= otherSymbol) {
        count = counts[i++];
      }
      if (otherSymbol <= symbol) {
        count += other.counts[j++];
      }
      total += count;
      distinct++;
      weighted += Entropy.weighted(count);
    }
    return Histogram.bits(total, distinct, weighted);
  }

  /** Returns the sum of two. */
  SymbolCounts plus(SymbolCounts other, int[] firsts) {
    char[] all = new char[symbols.length + other.symbols.length];
    int[] sums = new int[all.length];
    int size = 0;
    for (int i = 0, j = 0; i < symbols.length || j < other.symbols.length; size++) {
      int symbol = i < symbols.length ? symbols[i] : Integer.MAX_VALUE;
      int otherSymbol = j < other.symbols.length ? other.symbols[j] : Integer.MAX_VALUE;
      all[size] = (char) Math.min(symbol, otherSymbol);
      if (symbol <= otherSymbol) {
        sums[size] = counts[i++];
      }
      if (otherSymbol <= symbol) {
        sums[size] += other.counts[j++];
      }
    }
    return new SymbolCounts(Arrays.copyOf(all, size), Arrays.copyOf(sums, size), firsts);
  }

  /** Returns the bits of the symbols with the costs of other codes. */
  float bits(float[] costs) {
    float sum = 0;
    for (int i = 0; i < symbols.length; i++) {
      sum += counts[i] * costs[symbols[i]];
    }
    return sum;
  }

  /** Returns the approximate bits per occurrence of a code's symbols. */
  double mean(int code) {
    long total = 0;
    double weighted = 0;
    for (int i = starts[code]; i < starts[code + 1]; i++) {
      total += counts[i];
      weighted += Entropy.weighted(counts[i]);
    }
    return total == 0 ? 0 : Entropy.log2(total) - weighted / total;
  }

  /** Adds all counts to a histogram. */
  void addTo(Histogram histogram, int[] firsts) {
    for (int code = 0; code < starts.length - 1; code++) {
      for (int i = starts[code]; i < starts[code + 1]; i++) {
        histogram.counts[code][symbols[i] - firsts[code]] += counts[i];
      }
    }
  }
}
