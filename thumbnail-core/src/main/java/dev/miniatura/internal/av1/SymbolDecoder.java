package dev.miniatura.internal.av1;

import dev.miniatura.MalformedImageException;

/**
 * The symbol decoder of one tile (clause 8.2). It adapts the tile's own distributions, laid out as
 * in {@link Cdfs}. Zeros follow the end of its data.
 *
 * <p>The value is held with {@code extra} bits read ahead below the 15 that the clause compares;
 * both are inverted, as in the clause, so that missing bits are ones.
 */
class SymbolDecoder {

  private static final int MAX_EXTRA = 40;

  final char[] cdfs;
  private final boolean adapt;
  private final byte[] bytes;
  private final int end;
  private int position;
  private long value;
  private int range = 1 << 15;
  private int extra = -15;

  /**
   * Starts a tile.
   *
   * @param cdfs the distributions, changed by decoding
   * @param adapt whether the distributions adapt: not {@code disable_cdf_update}
   */
  SymbolDecoder(char[] cdfs, boolean adapt, byte[] bytes, int start, int end) {
    this.cdfs = cdfs;
    this.adapt = adapt;
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /**
   * Decodes a symbol S().
   *
   * @param at index of its distribution
   * @param count number of values, at least 2
   */
  int symbol(int at, int count) {
    if (extra < 0) {
      refill();
    }
    char[] cdf = cdfs;
    int compared = (int) (value >>> extra);
    int scale = range >>> 8;
    int least = 4 * (count - 1); // EC_MIN_PROB for each value left
    int current = range;
    int previous;
    int symbol = -1;
    do {
      symbol++;
      previous = current;
      current = ((scale * (cdf[at + symbol] >>> 6)) >>> 1) + least;
      least -= 4;
    } while (compared < current);
    narrow(previous, current);
    if (adapt) {
      adapt(cdf, at, count, symbol);
    }
    return symbol;
  }

  /** Adapts a distribution to a symbol (clause 8.2.6). */
  static void adapt(char[] cdf, int at, int count, int symbol) {
    int counter = at + count;
    int seen = cdf[counter];
    int rate = 4 + (seen >> 4) + (count > 3 ? 1 : 0);
    for (int i = at; i < at + symbol; i++) {
      cdf[i] += (char) ((32768 - cdf[i]) >> rate);
    }
    for (int i = at + symbol; i < counter - 1; i++) {
      cdf[i] -= (char) (cdf[i] >> rate);
    }
    if (seen < 32) {
      cdf[counter] = (char) (seen + 1);
    }
  }

  /** Returns an error at the next data. */
  MalformedImageException malformed(String reason) {
    return new MalformedImageException("AV1", position, reason);
  }

  /** Decodes a symbol with two values as a flag. */
  final boolean flag(int at) {
    return symbol(at, 2) != 0;
  }

  /**
   * Decodes a flag with a fixed probability.
   *
   * @param inverse 32768 minus the probability of 0, in 1/32768
   */
  boolean flagOf(int inverse) {
    if (extra < 0) {
      refill();
    }
    int split = (((range >>> 8) * (inverse >>> 6)) >>> 1) + 4;
    if ((int) (value >>> extra) < split) {
      narrow(split, 0);
      return true;
    }
    narrow(range, split);
    return false;
  }

  /** Decodes L(1). */
  final int bit() {
    return flagOf(1 << 14) ? 1 : 0;
  }

  /** Decodes L(n). */
  final int literal(int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      number = number << 1 | bit();
    }
    return number;
  }

  /** Decodes NS(n): a number below {@code bound}. */
  final int nonSymmetric(int bound) {
    int width = 32 - Integer.numberOfLeadingZeros(bound);
    int shorter = (1 << width) - bound;
    int number = literal(width - 1);
    return number < shorter ? number : (number << 1) - shorter + bit();
  }

  private void narrow(int previous, int current) {
    value -= (long) current << extra;
    int left = previous - current;
    int shift = Integer.numberOfLeadingZeros(left) - 16;
    range = left << shift;
    extra -= shift;
  }

  private void refill() {
    while (extra <= MAX_EXTRA) {
      int next = position < end ? ~bytes[position++] & 0xff : 0xff;
      value = value << 8 | next;
      extra += 8;
    }
  }
}
