package dev.miniatura.internal.webp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the bools of a frame's tokens (RFC 6386, section 13) until all of them, and thus the best
 * probabilities, are known.
 */
final class TokenBuffer {

  private static final int FIXED = 0x4000; // marks a bool with a fixed probability

  private static final int PAGE = 1 << 15;

  /** A level takes at most 7 bools of the tree, 11 extra bits, and a sign. */
  private static final int MAX_PER_BLOCK = 16 * 19;

  private final List<short[]> pages = new ArrayList<>(); // full pages
  private final List<Integer> sizes = new ArrayList<>();
  private short[] bools = new short[PAGE]; // the page being filled
  private int size;
  private final int[] ones = new int[TokenProbabilities.DEFAULTS.length];
  private final int[] all = new int[TokenProbabilities.DEFAULTS.length];

  void clear() {
    pages.clear();
    sizes.clear();
    size = 0;
    Arrays.fill(ones, 0);
    Arrays.fill(all, 0);
  }

  /**
   * Adds a block.
   *
   * @param type of the block (section 13.3)
   * @param context of its first coefficient
   * @param first position of that
   * @param levels signed, in zigzag order, starting at {@code at}
   * @param end position after the last that is not 0
   */
  void add(int type, int context, int first, int[] levels, int at, int end) {
    if (size + MAX_PER_BLOCK > PAGE) {
      pages.add(bools);
      sizes.add(size);
      bools = new short[PAGE];
      size = 0;
    }
    int row = type * TokenProbabilities.BANDS * TokenProbabilities.PER_POSITION;
    int[] band = TokenProbabilities.BAND;
    int p =
        row + band[first] * TokenProbabilities.PER_POSITION + context * TokenProbabilities.NODES;
    boolean mayEnd = true;
    for (int i = first; i < end; i++) {
      int level = Math.abs(levels[at + i]);
      if (mayEnd) {
        adaptive(p, 1);
      }
      adaptive(p + 1, level == 0 ? 0 : 1);
      mayEnd = level != 0;
      if (mayEnd) {
        level(p, level);
        fixed(128, levels[at + i] >>> 31);
      }
      if (i < 15) {
        p =
            row
                + band[i + 1] * TokenProbabilities.PER_POSITION
                + Math.min(level, 2) * TokenProbabilities.NODES;
      }
    }
    if (end < 16) {
      adaptive(p, 0);
    }
  }

  private void level(int p, int level) {
    if (level == 1) {
      adaptive(p + 2, 0);
      return;
    }
    adaptive(p + 2, 1);
    if (level < 5) {
      adaptive(p + 3, 0);
      adaptive(p + 4, level == 2 ? 0 : 1);
      if (level > 2) {
        adaptive(p + 5, level - 3);
      }
      return;
    }
    adaptive(p + 3, 1);
    if (level < 11) {
      adaptive(p + 6, 0);
      adaptive(p + 7, level < 7 ? 0 : 1);
      if (level < 7) {
        fixed(159, level - 5);
      } else {
        fixed(165, (level - 7) >> 1);
        fixed(145, (level - 7) & 1);
      }
      return;
    }
    adaptive(p + 6, 1);
    int category = TokenCosts.category(level);
    int high = category >> 1;
    adaptive(p + 8, high);
    adaptive(p + 9 + high, category & 1);
    int[] probabilities = ResidualReader.CATEGORIES[category];
    int rest = level - 3 - (8 << category);
    for (int i = 0; i < probabilities.length; i++) {
      fixed(probabilities[i], rest >> (probabilities.length - 1 - i) & 1);
    }
  }

  private void adaptive(int p, int bit) {
    bools[size++] = (short) (p << 1 | bit);
    ones[p] += bit;
    all[p]++;
  }

  private void fixed(int probability, int bit) {
    bools[size++] = (short) (FIXED | probability << 1 | bit);
  }

  /**
   * Returns the best probabilities for the bools so far, by band: the format's defaults, or others
   * where those save more than it takes to send them (section 13.4).
   */
  int[] probabilities() {
    int[] byBand = TokenProbabilities.DEFAULTS.clone();
    for (int i = 0; i < byBand.length; i++) {
      if (all[i] == 0) {
        continue;
      }
      int fitting = TokenProbabilities.fitting(all[i] - ones[i], ones[i]);
      int update = TokenProbabilities.UPDATES[i];
      long kept = cost(i, byBand[i]) + TokenCosts.bit(update, 0);
      long updated = cost(i, fitting) + TokenCosts.bit(update, 1) + 8 * 256;
      if (updated < kept) {
        byBand[i] = fitting;
      }
    }
    return byBand;
  }

  private long cost(int i, int probability) {
    return (long) ones[i] * TokenCosts.bit(probability, 1)
        + (long) (all[i] - ones[i]) * TokenCosts.bit(probability, 0);
  }

  /** Writes all bools. */
  void write(BoolEncoder out, int[] byBand) {
    for (int i = 0; i < pages.size(); i++) {
      write(out, byBand, pages.get(i), sizes.get(i));
    }
    write(out, byBand, bools, size);
  }

  private static void write(BoolEncoder out, int[] byBand, short[] bools, int size) {
    for (int i = 0; i < size; i++) {
      int bool = bools[i];
      int probability = (bool & FIXED) != 0 ? bool >> 1 & 0xff : byBand[bool >> 1];
      out.bit(probability, bool & 1);
    }
  }
}
