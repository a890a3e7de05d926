package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/**
 * A prefix code for symbols with known counts, and its written form (RFC 9649, section 3.7.2.1).
 */
final class PrefixCodeWriter {

  private static final int MAX_LENGTH = 15;
  private static final int MAX_LENGTH_OF_LENGTHS = 7;
  private static final int SIMPLE_SYMBOLS = 256;

  private final int[] lengths;
  private final int[] codes; // the first bit of the stream in the lowest place
  private final int used;

  /** Creates the code that takes the fewest bits; none if only one symbol is used. */
  PrefixCodeWriter(int[] counts) {
    this(counts, MAX_LENGTH);
  }

  private PrefixCodeWriter(int[] counts, int most) {
    lengths = lengths(counts, most);
    codes = new int[counts.length];
    int next = 0;
    for (int length = 1; length <= most; length++, next <<= 1) {
      for (int symbol = 0; symbol < counts.length; symbol++) {
        if (lengths[symbol] == length) {
          codes[symbol] = Integer.reverse(next++) >>> (Integer.SIZE - length);
        }
      }
    }
    used = (int) Arrays.stream(lengths).filter(length -> length > 0).count();
  }

  /**
   * Returns Huffman's lengths; if they are too long, the smallest counts are raised until they fit.
   */
  private static int[] lengths(int[] counts, int most) {
    int[] symbols = new int[counts.length];
    int n = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      if (counts[symbol] > 0) {
        symbols[n++] = symbol;
      }
    }
    int[] lengths = new int[counts.length];
    if (n == 1) {
      lengths[symbols[0]] = 1;
    } else if (n > 1) {
      int floor = 1;
      while (assign(counts, symbols, n, floor, lengths) > most) {
        floor *= 2;
      }
    }
    return lengths;
  }

  /** Merges the two lightest trees until one is left; returns the length of the longest code. */
  private static int assign(int[] counts, int[] symbols, int n, int floor, int[] lengths) {
    long[] leaves = new long[n]; // weight, then symbol
    for (int i = 0; i < n; i++) {
      leaves[i] = (long) Math.max(counts[symbols[i]], floor) << 16 | symbols[i];
    }
    Arrays.sort(leaves);
    long[] weights = new long[2 * n - 1];
    int[] parents = new int[2 * n - 1];
    for (int i = 0; i < n; i++) {
      weights[i] = leaves[i] >> 16;
    }
    int leaf = 0;
    int inner = n;
    for (int node = n; node < 2 * n - 1; node++) {
      for (int child = 0; child < 2; child++) {
        boolean takesLeaf = leaf < n && (inner == node || weights[leaf] <= weights[inner]);
        int taken = takesLeaf ? leaf++ : inner++;
        weights[node] += weights[taken];
        parents[taken] = node;
      }
    }
    int[] depths = new int[2 * n - 1];
    int longest = 0;
    for (int i = 2 * n - 3; i >= 0; i--) {
      depths[i] = depths[parents[i]] + 1;
      if (i < n) {
        lengths[(int) leaves[i] & 0xffff] = depths[i];
        longest = Math.max(longest, depths[i]);
      }
    }
    return longest;
  }

  /** Writes a symbol. */
  void put(BitWriter out, int symbol) {
    if (used > 1) {
      out.put(codes[symbol], lengths[symbol]);
    }
  }

  /** Writes the code. */
  void put(BitWriter out) {
    int first = 0;
    while (first < lengths.length - 1 && lengths[first] == 0) {
      first++;
    }
    int last = lengths.length - 1;
    while (last > 0 && lengths[last] == 0) {
      last--;
    }
    boolean simple = used <= 2 && last < SIMPLE_SYMBOLS;
    out.put(simple);
    if (!simple) {
      putLengths(out, last);
      return;
    }
    if (used == 0) {
      first = 0;
    }
    out.put(used == 2);
    out.put(first > 1);
    out.put(first, first > 1 ? 8 : 1);
    if (used == 2) {
      out.put(last, 8);
    }
  }

  private void putLengths(BitWriter out, int last) {
    int[] tokens = new int[last + 1];
    int[] extras = new int[last + 1];
    int count = 0;
    int previous = 8;
    for (int at = 0; at <= last; ) {
      int length = lengths[at];
      int run = 1;
      while (at + run <= last && lengths[at + run] == length) {
        run++;
      }
      int stands = 1;
      if (length == 0 && run >= 11) {
        stands = Math.min(run, 138);
        tokens[count] = 18;
        extras[count] = stands - 11;
      } else if (length == 0 && run >= 3) {
        stands = Math.min(run, 10);
        tokens[count] = 17;
        extras[count] = stands - 3;
      } else if (length == previous && length > 0 && run >= 3) {
        stands = Math.min(run, 6);
        tokens[count] = 16;
        extras[count] = stands - 3;
      } else {
        tokens[count] = length;
      }
      previous = length > 0 ? length : previous;
      count++;
      at += stands;
    }
    int[] counts = new int[PrefixCodes.LENGTH_ORDER.length];
    for (int i = 0; i < count; i++) {
      counts[tokens[i]]++;
    }
    PrefixCodeWriter code = new PrefixCodeWriter(counts, MAX_LENGTH_OF_LENGTHS);
    int stored = counts.length;
    while (stored > 4 && code.lengths[PrefixCodes.LENGTH_ORDER[stored - 1]] == 0) {
      stored--;
    }
    out.put(stored - 4, 4);
    for (int i = 0; i < stored; i++) {
      out.put(code.lengths[PrefixCodes.LENGTH_ORDER[i]], 3);
    }
    boolean limited = last < lengths.length - 1; // the rest are zeros
    out.put(limited);
    if (limited) {
      int most = count - 2;
      int pairs = Math.max(0, (33 - Integer.numberOfLeadingZeros(most)) / 2 - 1);
      out.put(pairs, 3);
      out.put(most, 2 + 2 * pairs);
    }
    for (int i = 0; i < count; i++) {
      code.put(out, tokens[i]);
      if (tokens[i] >= 16) {
        out.put(extras[i], tokens[i] == 16 ? 2 : tokens[i] == 17 ? 3 : 7);
      }
    }
  }
}
