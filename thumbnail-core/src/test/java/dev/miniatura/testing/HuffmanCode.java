package dev.miniatura.testing;

import java.util.Arrays;
import java.util.PriorityQueue;

/** Canonical Huffman codes fitted to symbol counts, for the JPEG and WebP writers. */
final class HuffmanCode {

  /** Bits per symbol; 0 for a symbol that does not occur. */
  final int[] lengths;

  /** Code per symbol, most significant bit first. */
  final int[] codes;

  private HuffmanCode(int[] lengths) {
    this.lengths = lengths;
    this.codes = canonical(lengths);
  }

  /** Returns the canonical code with these bits per symbol, 0 for symbols without a code. */
  static HuffmanCode ofLengths(int[] lengths) {
    return new HuffmanCode(lengths);
  }

  /** Returns a code with no more than {@code limit} bits per symbol. */
  static HuffmanCode of(int[] counts, int limit) {
    return new HuffmanCode(lengths(counts, limit));
  }

  /**
   * Returns a code without the word of all ones, as T.81 C.2 requires: a symbol that never occurs
   * is given one of the longest words, and being the last symbol it gets the last of them.
   */
  static HuffmanCode withoutAllOnes(int[] counts, int limit) {
    int[] widened = Arrays.copyOf(counts, counts.length + 1);
    widened[counts.length] = 1;
    int[] lengths = lengths(widened, limit);
    int longest = 0;
    for (int symbol = 1; symbol < lengths.length; symbol++) {
      longest = lengths[symbol] > lengths[longest] ? symbol : longest;
    }
    int swap = lengths[longest];
    lengths[longest] = lengths[counts.length];
    lengths[counts.length] = swap;
    return new HuffmanCode(lengths);
  }

  private static int[] lengths(int[] counts, int limit) {
    int[] lengths = huffman(counts);
    int[] flattened = counts.clone();
    while (Arrays.stream(lengths).max().orElse(0) > limit) {
      for (int symbol = 0; symbol < flattened.length; symbol++) {
        flattened[symbol] = (flattened[symbol] + 1) / 2;
      }
      lengths = huffman(flattened);
    }
    return lengths;
  }

  /** Huffman's algorithm (1952); ties go to the node made first, which keeps the tree shallow. */
  private static int[] huffman(int[] counts) {
    record Node(long count, int order) {}
    int[] parents = new int[2 * counts.length];
    PriorityQueue<Node> open =
        new PriorityQueue<>(
            (a, b) ->
                a.count != b.count
                    ? Long.compare(a.count, b.count)
                    : Integer.compare(a.order, b.order));
    for (int symbol = 0; symbol < counts.length; symbol++) {
      if (counts[symbol] > 0) {
        open.add(new Node(counts[symbol], symbol));
      }
    }
    int[] lengths = new int[counts.length];
    if (open.size() == 1) {
      lengths[open.remove().order] = 1;
      return lengths;
    }
    int next = counts.length;
    while (open.size() > 1) {
      Node first = open.remove();
      Node second = open.remove();
      parents[first.order] = next;
      parents[second.order] = next;
      open.add(new Node(first.count + second.count, next++));
    }
    for (int symbol = 0; symbol < counts.length; symbol++) {
      for (int node = symbol; counts[symbol] > 0 && parents[node] != 0; node = parents[node]) {
        lengths[symbol]++;
      }
    }
    return lengths;
  }

  private static int[] canonical(int[] lengths) {
    int[] codes = new int[lengths.length];
    int code = 0;
    for (int length = 1; length <= 16; length++) {
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == length) {
          codes[symbol] = code++;
        }
      }
      code <<= 1;
    }
    return codes;
  }
}
