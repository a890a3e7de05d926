package dev.miniatura.internal.deflate;

import java.util.Arrays;

/**
 * Pieces of the input with the counts of their symbols. Neighbors are joined to blocks as long as a
 * common code takes fewer bits than two with their descriptions.
 */
final class Pieces {

  /** Counts of literals, ends and lengths, then of distances. */
  static final int DISTANCES = Symbols.LITERALS;

  static final int SYMBOLS = DISTANCES + Symbols.DISTANCES;

  /** The estimated size of a code's description, for each symbol and altogether, in bits. */
  private static final double BITS_PER_SYMBOL = 3.5;

  private static final double BITS_PER_BLOCK = 60;

  private final int[][] counts;
  private final int[] tokenEnds;
  private final int[] byteEnds;
  private final double[] bits;
  private final double[] joinedBits; // with the next one
  private int size;
  private int described; // symbols of the last entropy

  Pieces(int most) {
    counts = new int[most][];
    tokenEnds = new int[most];
    byteEnds = new int[most];
    bits = new double[most];
    joinedBits = new double[most];
  }

  int size() {
    return size;
  }

  boolean full() {
    return size == counts.length;
  }

  void clear() {
    size = 0;
  }

  int[] counts(int piece) {
    return counts[piece];
  }

  int tokenEnd(int piece) {
    return tokenEnds[piece];
  }

  int byteEnd(int piece) {
    return byteEnds[piece];
  }

  /** Returns the counts of the next piece, all 0. */
  int[] next() {
    int[] next = counts[size];
    if (next == null) {
      next = new int[SYMBOLS];
      counts[size] = next;
    } else {
      Arrays.fill(next, 0);
    }
    return next;
  }

  /**
   * Adds the next piece, whose counts are complete.
   *
   * @return about how many bits it takes at least
   */
  double add(int tokenEnd, int byteEnd) {
    tokenEnds[size] = tokenEnd;
    byteEnds[size] = byteEnd;
    double entropy = entropy(counts[size], counts[size], 0);
    bits[size] = entropy + BITS_PER_BLOCK + BITS_PER_SYMBOL * described;
    return entropy + Symbols.extraBits(counts[size++]);
  }

  /** Joins pieces. */
  void join() {
    for (int i = 0; i + 1 < size; i++) {
      joinedBits[i] = joined(i);
    }
    for (; ; ) {
      int best = -1;
      double most = 0;
      for (int i = 0; i + 1 < size; i++) {
        double saved = bits[i] + bits[i + 1] - joinedBits[i];
        if (saved > most) {
          most = saved;
          best = i;
        }
      }
      if (best < 0) {
        return;
      }
      join(best);
    }
  }

  private void join(int at) {
    int[] sum = counts[at];
    int[] other = counts[at + 1];
    for (int i = 0; i < SYMBOLS; i++) {
      sum[i] += other[i];
    }
    bits[at] = joinedBits[at];
    size--;
    int moved = size - at - 1;
    System.arraycopy(counts, at + 2, counts, at + 1, moved);
    counts[size] = other;
    System.arraycopy(tokenEnds, at + 1, tokenEnds, at, moved + 1);
    System.arraycopy(byteEnds, at + 1, byteEnds, at, moved + 1);
    System.arraycopy(bits, at + 2, bits, at + 1, moved);
    System.arraycopy(joinedBits, at + 1, joinedBits, at, moved);
    if (at > 0) {
      joinedBits[at - 1] = joined(at - 1);
    }
    if (at + 1 < size) {
      joinedBits[at] = joined(at);
    }
  }

  private double joined(int at) {
    return entropy(counts[at], counts[at + 1], 1) + BITS_PER_BLOCK + BITS_PER_SYMBOL * described;
  }

  private double entropy(int[] counts, int[] others, int factor) {
    described = 0;
    return entropy(counts, others, factor, 0, DISTANCES)
        + entropy(counts, others, factor, DISTANCES, SYMBOLS);
  }

  private double entropy(int[] counts, int[] others, int factor, int from, int to) {
    int total = 0;
    double sum = 0;
    int used = 0;
    for (int i = from; i < to; i++) {
      int count = counts[i] + others[i] * factor;
      if (count > 0) {
        total += count;
        sum += count * Log2.of(count);
        used++;
      }
    }
    described += used;
    return total == 0 ? 0 : total * Log2.of(total) - sum;
  }
}
