package dev.miniatura.internal.jpeg.encode;

import dev.miniatura.internal.jpeg.Marker;
import java.util.Arrays;

/**
 * A Huffman code made for the symbols of one scan, according to T.81 K.2: optimal lengths, none
 * above 16, and no code of all ones.
 */
final class HuffmanEncoder {

  private static final int MAX_LENGTH = 16;

  /** Number of codes of each length, from 1; T.81's BITS. */
  private final int[] lengthCounts;

  /** Symbols by increasing code length; T.81's HUFFVAL. */
  private final byte[] symbols;

  private HuffmanEncoder(int[] lengthCounts, byte[] symbols) {
    this.lengthCounts = lengthCounts;
    this.symbols = symbols;
  }

  /**
   * Makes the code for 256 symbols.
   *
   * @param frequencies how often each occurs; those that never do get no code
   * @param start index of symbol 0
   */
  static HuffmanEncoder of(int[] frequencies, int start) {
    long[] used = new long[256]; // frequency, then the symbol complemented
    int count = 0;
    for (int symbol = 0; symbol < 256; symbol++) {
      int frequency = frequencies[start + symbol];
      if (frequency > 0) {
        used[count++] = (long) frequency << 8 | (symbol ^ 0xff);
      }
    }
    Arrays.sort(used, 0, count);
    byte[] symbols = new byte[count];
    for (int i = 0; i < count; i++) {
      symbols[count - 1 - i] = (byte) ~used[i];
    }
    int[] lengthCounts = lengthCounts(used, count);
    limit(lengthCounts);
    return new HuffmanEncoder(Arrays.copyOf(lengthCounts, MAX_LENGTH + 1), symbols);
  }

  /**
   * Returns the number of codes per length of an optimal code for the used symbols and one more
   * that never occurs. That one is the rarest, so its code is the last of the longest: all ones,
   * which T.81 forbids. Two queues replace T.81's search for the two rarest: the sorted symbols,
   * and the inner nodes, which are created in increasing order.
   */
  private static int[] lengthCounts(long[] sorted, int count) {
    int leaves = count + 1;
    int nodes = 2 * leaves - 1;
    long[] weights = new long[nodes];
    for (int i = 0; i < count; i++) {
      weights[i + 1] = sorted[i] >>> 8;
    }
    int[] parents = new int[nodes];
    int leaf = 0;
    int inner = leaves;
    for (int node = leaves; node < nodes; node++) {
      for (int child = 0; child < 2; child++) {
        boolean takeLeaf = inner == node || (leaf < leaves && weights[leaf] <= weights[inner]);
        int rarest = takeLeaf ? leaf++ : inner++;
        weights[node] += weights[rarest];
        parents[rarest] = node;
      }
    }
    int[] depths = new int[nodes];
    int[] lengthCounts = new int[Math.max(leaves, MAX_LENGTH) + 1];
    for (int node = nodes - 2; node >= 0; node--) {
      depths[node] = depths[parents[node]] + 1;
      if (node < leaves) {
        lengthCounts[depths[node]]++;
      }
    }
    return lengthCounts;
  }

  /** Shortens codes to 16 bits as in T.81 figure K.3, then removes the code of all ones. */
  private static void limit(int[] lengthCounts) {
    for (int length = lengthCounts.length - 1; length > MAX_LENGTH; length--) {
      while (lengthCounts[length] > 0) {
        int shorter = length - 2;
        while (lengthCounts[shorter] == 0) {
          shorter--;
        }
        lengthCounts[length] -= 2;
        lengthCounts[length - 1]++;
        lengthCounts[shorter + 1] += 2;
        lengthCounts[shorter]--;
      }
    }
    int longest = MAX_LENGTH;
    while (longest > 0 && lengthCounts[longest] == 0) {
      longest--;
    }
    lengthCounts[longest]--;
  }

  /** Writes the nonempty codes in one DHT segment (T.81 B.2.4.2): DC 0, 1, then AC 0, 1. */
  static void writeAll(HuffmanEncoder[] codes, JpegOutput out) {
    int length = 2;
    for (HuffmanEncoder code : codes) {
      length += code.symbols.length == 0 ? 0 : 1 + MAX_LENGTH + code.symbols.length;
    }
    if (length == 2) {
      return; // a refinement scan of raw bits
    }
    out.segment(Marker.DHT, length);
    for (int table = 0; table < codes.length; table++) {
      HuffmanEncoder code = codes[table];
      if (code.symbols.length > 0) {
        out.write(table >> 1 << 4 | (table & 1));
        for (int i = 1; i <= MAX_LENGTH; i++) {
          out.write(code.lengthCounts[i]);
        }
        out.write(code.symbols);
      }
    }
  }

  /** Stores code length in bits 16–20 and code below it, at {@code start + symbol} (T.81 C.2). */
  void fill(int[] codes, int start) {
    int code = 0;
    int next = 0;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      for (int i = 0; i < lengthCounts[length]; i++) {
        codes[start + (symbols[next++] & 0xff)] = length << 16 | code++;
      }
      code <<= 1;
    }
  }
}
