package dev.miniatura.internal.deflate;

import java.util.Arrays;

/** A prefix code for symbols with known counts (RFC 1951, section 3.2.2). */
final class PrefixCode {

  final int[] lengths;

  /** The codes, their first bit in the lowest place. */
  final int[] codes;

  /** Creates the code with the given lengths. */
  PrefixCode(int[] lengths) {
    this.lengths = lengths;
    codes = new int[lengths.length];
    int[] next = new int[17];
    for (int length : lengths) {
      next[length + 1]++;
    }
    next[1] = 0; // symbols that are not used
    for (int length = 1, code = 0; length < 16; length++) {
      code = (code + next[length]) << 1;
      next[length] = code;
    }
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      int length = lengths[symbol];
      if (length > 0) {
        codes[symbol] = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
      }
    }
  }

  /**
   * Returns the code that takes the fewest bits. At least two symbols get a code, because some
   * decoders expect a complete one.
   *
   * @param counts how often each symbol occurs, from an index on
   * @param most the length of the longest code
   */
  static PrefixCode of(int[] counts, int from, int symbols, int most) {
    int[] lengths = new int[symbols];
    long[] leaves = new long[symbols]; // count, then symbol
    int n = 0;
    for (int symbol = 0; symbol < symbols; symbol++) {
      int count = counts[from + symbol];
      if (count > 0) {
        leaves[n++] = (long) count << 16 | symbol;
      }
    }
    if (n < 2) {
      int used = n == 0 ? 0 : (int) leaves[0] & 0xffff;
      lengths[used] = 1;
      lengths[used == 0 ? 1 : 0] = 1;
      return new PrefixCode(lengths);
    }
    Arrays.sort(leaves, 0, n);
    int[] depths = new int[2 * n - 1];
    long[] weights = new long[2 * n - 1];
    for (long floor = 1; merge(leaves, n, floor, weights, depths) > most; floor *= 2) {
      // the smallest counts are raised until no code is too long
    }
    for (int i = 0; i < n; i++) {
      lengths[(int) leaves[i] & 0xffff] = depths[i];
    }
    return new PrefixCode(lengths);
  }

  /**
   * Merges the two lightest trees until one is left (Huffman's algorithm): leaves are sorted, and
   * inner nodes are created in the order of their weights.
   *
   * @return the greatest depth
   */
  private static int merge(long[] leaves, int n, long floor, long[] weights, int[] depths) {
    for (int i = 0; i < n; i++) {
      weights[i] = Math.max(leaves[i] >>> 16, floor);
    }
    int[] parents = depths; // each is replaced by the depth
    int leaf = 0;
    int inner = n;
    for (int node = n; node < 2 * n - 1; node++) {
      int first = leaf < n && (inner == node || weights[leaf] <= weights[inner]) ? leaf++ : inner++;
      int other = leaf < n && (inner == node || weights[leaf] <= weights[inner]) ? leaf++ : inner++;
      weights[node] = weights[first] + weights[other];
      parents[first] = node;
      parents[other] = node;
    }
    int deepest = 0;
    depths[2 * n - 2] = 0;
    for (int i = 2 * n - 3; i >= 0; i--) {
      depths[i] = depths[parents[i]] + 1;
      if (i < n) {
        deepest = Math.max(deepest, depths[i]);
      }
    }
    return deepest;
  }
}
