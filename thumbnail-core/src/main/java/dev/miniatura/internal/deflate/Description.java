package dev.miniatura.internal.deflate;

/** The description of a block's codes: their lengths, compressed (RFC 1951, section 3.2.7). */
final class Description {

  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final int REPEAT = 16; // the length before, 3 to 6 times
  private static final int ZEROS = 17; // 3 to 10
  private static final int MANY_ZEROS = 18; // 11 to 138

  private final int literals;
  private final int distances;

  /** Symbols in the lowest 8 bits, the values that follow them above. */
  private final int[] symbols = new int[Symbols.LITERALS + Symbols.DISTANCES];

  private final int[] counts = new int[ORDER.length];
  private final PrefixCode code;
  private int size;
  private int stored = ORDER.length;

  Description(int[] literalLengths, int[] distanceLengths) {
    literals = used(literalLengths, Symbols.LENGTHS);
    distances = used(distanceLengths, 1);
    int[] lengths = new int[literals + distances];
    System.arraycopy(literalLengths, 0, lengths, 0, literals);
    System.arraycopy(distanceLengths, 0, lengths, literals, distances);
    compress(lengths);
    code = PrefixCode.of(counts, 0, counts.length, 7);
    while (stored > 4 && code.lengths[ORDER[stored - 1]] == 0) {
      stored--;
    }
  }

  private static int used(int[] lengths, int least) {
    int used = lengths.length;
    while (used > least && lengths[used - 1] == 0) {
      used--;
    }
    return used;
  }

  private void compress(int[] lengths) {
    int previous = -1;
    for (int at = 0; at < lengths.length; ) {
      int length = lengths[at];
      int run = 1;
      while (at + run < lengths.length && lengths[at + run] == length) {
        run++;
      }
      if (length == 0 && run >= 11) {
        run = Math.min(run, 138);
        add(MANY_ZEROS, run - 11);
      } else if (length == 0 && run >= 3) {
        add(ZEROS, run - 3);
      } else if (length == previous && run >= 3) {
        run = run == 7 ? 4 : Math.min(run, 6); // the rest of 7 is repeated, too
        add(REPEAT, run - 3);
      } else {
        run = 1;
        add(length, 0);
      }
      previous = length;
      at += run;
    }
  }

  private void add(int symbol, int value) {
    symbols[size++] = symbol | value << 8;
    counts[symbol]++;
  }

  /** Returns the number of bits that {@link #write} writes. */
  long bits() {
    long bits = 5 + 5 + 4 + 3L * stored;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      bits += (long) counts[symbol] * (code.lengths[symbol] + extra(symbol));
    }
    return bits;
  }

  void write(BitOutput out) {
    out.put(literals - 257, 5);
    out.put(distances - 1, 5);
    out.put(stored - 4, 4);
    for (int i = 0; i < stored; i++) {
      out.put(code.lengths[ORDER[i]], 3);
    }
    for (int i = 0; i < size; i++) {
      int symbol = symbols[i] & 0xff;
      out.put(code.codes[symbol], code.lengths[symbol]);
      out.put(symbols[i] >>> 8, extra(symbol));
    }
  }

  private static int extra(int symbol) {
    return switch (symbol) {
      case REPEAT -> 2;
      case ZEROS -> 3;
      case MANY_ZEROS -> 7;
      default -> 0;
    };
  }
}
