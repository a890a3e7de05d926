package dev.miniatura.internal.deflate;

/** What symbols are expected to cost, by their counts so far, in 1/16 bits. */
final class Costs {

  private static final int BIT = 16;

  /** The number of bytes at the start whose counts are used first. */
  private static final int SAMPLE = 8 << 10;

  /** The part of them that each length and each distance is expected to make up at first. */
  private static final int MATCH_PART = 32;

  /** How much more than the mean a byte after a match costs, if the match does not extend to it. */
  static final int BEYOND_MATCH = 2 * BIT;

  private static final int FIRST_MEAN = 2 * BIT;

  private final int[] counts = new int[Pieces.SYMBOLS];

  final int[] literal = new int[Symbols.END];

  /** The cost of a byte in the last piece. */
  int mean = FIRST_MEAN;

  private final int[] length = new int[Symbols.MAX_LENGTH + 1]; // with extra bits
  private final int[] distance = new int[Symbols.DISTANCES]; // by symbol, with extra bits

  Costs(byte[] data) {
    int sample = Math.min(data.length, SAMPLE);
    for (int i = 0; i < sample; i++) {
      counts[data[i] & 0xff]++;
    }
    for (int i = Symbols.LENGTHS; i < Pieces.SYMBOLS; i++) {
      counts[i] = sample / MATCH_PART;
    }
    update();
  }

  /** Returns the cost of a match, as {@link MatchFinder} returns it. */
  int match(int match) {
    return length[match >>> 16] + distance[Symbols.distance(match & 0xffff)];
  }

  /** Takes a piece into account, and half of those before. */
  void add(int[] piece, int bytes) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (counts[i] >> 1) + piece[i];
    }
    update();
    long sum = 0;
    for (int i = 0; i < literal.length; i++) {
      sum += (long) piece[i] * literal[i];
    }
    for (int code = 0; code < Symbols.LENGTH_CODES; code++) {
      sum += (long) piece[Symbols.LENGTHS + code] * length[Symbols.LENGTH_BASE[code]];
    }
    for (int symbol = 0; symbol < Symbols.DISTANCES; symbol++) {
      sum += (long) piece[Pieces.DISTANCES + symbol] * distance[symbol];
    }
    mean = (int) (sum / Math.max(1, bytes));
  }

  private void update() {
    double all = log2OfSum(0, Symbols.LITERALS);
    for (int i = 0; i < literal.length; i++) {
      literal[i] = cost(i, all);
    }
    for (int value = Symbols.MIN_LENGTH; value <= Symbols.MAX_LENGTH; value++) {
      int code = Symbols.lengthCode(value);
      length[value] =
          value == Symbols.LENGTH_BASE[code]
              ? cost(Symbols.LENGTHS + code, all) + BIT * Symbols.LENGTH_EXTRA[code]
              : length[value - 1];
    }
    all = log2OfSum(Pieces.DISTANCES, Pieces.SYMBOLS);
    for (int i = 0; i < distance.length; i++) {
      distance[i] = cost(Pieces.DISTANCES + i, all) + BIT * Symbols.DISTANCE_EXTRA[i];
    }
  }

  private double log2OfSum(int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += doubled(i);
    }
    return Log2.of(sum);
  }

  private int cost(int symbol, double all) {
    return Math.max(BIT, (int) (BIT * (all - Log2.of(doubled(symbol)))));
  }

  /** Twice the count, and one more, so that symbols that did not occur have a cost. */
  private int doubled(int symbol) {
    return 2 * counts[symbol] + 1;
  }
}
