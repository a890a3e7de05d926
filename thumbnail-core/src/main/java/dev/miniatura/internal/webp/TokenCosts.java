package dev.miniatura.internal.webp;

/** The costs of tokens (RFC 6386, section 13) with given probabilities, in 1/256 bit. */
final class TokenCosts {

  /**
   * The number of levels whose cost depends only on probabilities; from the last one, extra bits
   * are added.
   */
  private static final int LEVELS = 68;

  private static final int LARGE = LEVELS - 1;
  private static final int MAX_LEVEL = 2048 + LARGE - 1;
  private static final int CONTEXTS = TokenProbabilities.CONTEXTS;

  /** The cost of a 0 by its probability; that of a 1 is the entry for 256 minus the probability. */
  private static final int[] BITS = new int[257];

  private static final int[] EXTRA = new int[MAX_LEVEL + 1]; // sign and extra bits, by level

  static {
    for (int p = 1; p < BITS.length; p++) {
      BITS[p] = (int) Math.round(-256 * StrictMath.log(p / 256.0) / StrictMath.log(2));
    }
    for (int level = 1; level < EXTRA.length; level++) {
      EXTRA[level] = 256 + extra(level);
    }
  }

  private final int[] levels =
      new int[TokenProbabilities.TYPES * TokenProbabilities.BANDS * CONTEXTS * LEVELS];
  private final int[] ends =
      new int[TokenProbabilities.TYPES * TokenProbabilities.BANDS * CONTEXTS];
  private final int[] starts = new int[ends.length]; // cost of a block that continues

  TokenCosts(int[] byBand) {
    update(byBand);
  }

  /** Returns the cost of a bit. */
  static int bit(int probability, int bit) {
    return BITS[bit == 0 ? probability : 256 - probability];
  }

  /** Sets the probabilities. */
  void update(int[] byBand) {
    for (int i = 0, p = 0; i < ends.length; i++, p += TokenProbabilities.NODES) {
      ends[i] = bit(byBand[p], 0);
      starts[i] = bit(byBand[p], 1);
      // After a 0, which is the first context, a block cannot end.
      int base = i % CONTEXTS == 0 ? 0 : starts[i];
      int to = i * LEVELS;
      levels[to] = base + bit(byBand[p + 1], 0);
      base += bit(byBand[p + 1], 1);
      levels[to + 1] = base + bit(byBand[p + 2], 0) + EXTRA[1];
      base += bit(byBand[p + 2], 1);
      int small = base + bit(byBand[p + 3], 0);
      levels[to + 2] = small + bit(byBand[p + 4], 0) + EXTRA[2];
      small += bit(byBand[p + 4], 1);
      levels[to + 3] = small + bit(byBand[p + 5], 0) + EXTRA[3];
      levels[to + 4] = small + bit(byBand[p + 5], 1) + EXTRA[4];
      base += bit(byBand[p + 3], 1);
      int middle = base + bit(byBand[p + 6], 0);
      base += bit(byBand[p + 6], 1);
      for (int level = 5; level < LEVELS; level++) {
        int tree;
        if (level < 11) {
          tree = middle + bit(byBand[p + 7], level < 7 ? 0 : 1);
        } else {
          int category = category(level);
          int high = category >> 1;
          tree = base + bit(byBand[p + 8], high) + bit(byBand[p + 9 + high], category & 1);
        }
        levels[to + level] = tree + (level < LARGE ? EXTRA[level] : 0);
      }
    }
  }

  /** Returns the large category of a level of 11 or more. */
  static int category(int level) {
    return level < 19 ? 0 : level < 35 ? 1 : level < LARGE ? 2 : 3;
  }

  private static int extra(int level) {
    if (level < 5) {
      return 0;
    }
    if (level < 7) {
      return bit(159, level - 5);
    }
    if (level < 11) {
      return bit(165, (level - 7) >> 1) + bit(145, (level - 7) & 1);
    }
    int category = category(level);
    int[] probabilities = ResidualReader.CATEGORIES[category];
    int rest = level - 3 - (8 << category);
    int sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum += bit(probabilities[i], rest >> (probabilities.length - 1 - i) & 1);
    }
    return sum;
  }

  /**
   * Returns the cost of a block.
   *
   * @param type of the block (section 13.3)
   * @param context of its first coefficient
   * @param first position of that
   * @param magnitudes levels without sign, starting at {@code at}
   * @param end position after the last that is not 0
   */
  int block(int type, int context, int first, int[] magnitudes, int at, int end) {
    int[] band = TokenProbabilities.BAND;
    int row = type * TokenProbabilities.BANDS * CONTEXTS;
    int start = row + band[first] * CONTEXTS + context;
    if (end == first) {
      return ends[start];
    }
    int cost = context == 0 ? starts[start] : 0;
    int now = context;
    for (int i = first; i < end; i++) {
      int level = magnitudes[at + i];
      int entry = (row + band[i] * CONTEXTS + now) * LEVELS;
      if (level < LARGE) {
        cost += levels[entry + level];
      } else {
        cost += levels[entry + LARGE] + EXTRA[level];
      }
      now = Math.min(level, 2);
    }
    return end == 16 ? cost : cost + ends[row + band[end] * CONTEXTS + now];
  }
}
