package dev.miniatura.internal.av1;

import java.util.Arrays;

/**
 * Stands in for the symbol decoder of a tile: takes each symbol from a choice and writes it, so
 * that running the decoder on it produces a valid stream together with its decoded picture.
 */
final class ChosenSymbols extends SymbolDecoder {

  /** Chooses symbols. */
  interface Choice {

    /** Returns a symbol below {@code count} of the distribution at {@code at} of {@link Cdfs}. */
    int symbol(int at, int count);

    /**
     * Returns a flag.
     *
     * @param inverse its probability of being set, in 1/32768
     */
    boolean flag(int inverse);
  }

  private final Choice choice;
  private final boolean adapt;
  private byte[] bits = new byte[1 << 10]; // one bit each
  private int count;
  private int low; // of 16 bits, and a carry
  private int range = 1 << 15;

  ChosenSymbols(char[] cdfs, boolean adapt, Choice choice) {
    super(cdfs, adapt, new byte[0], 0, 0);
    this.choice = choice;
    this.adapt = adapt;
  }

  @Override
  int symbol(int at, int values) {
    int symbol = choice.symbol(at, values);
    int scale = range >>> 8;
    int previous = range;
    if (symbol > 0) {
      previous = ((scale * (cdfs[at + symbol - 1] >>> 6)) >>> 1) + 4 * (values - symbol);
    }
    int current = ((scale * (cdfs[at + symbol] >>> 6)) >>> 1) + 4 * (values - 1 - symbol);
    narrow(previous, current);
    if (adapt) {
      adapt(cdfs, at, values, symbol);
    }
    return symbol;
  }

  @Override
  boolean flagOf(int inverse) {
    boolean flag = choice.flag(inverse);
    int split = (((range >>> 8) * (inverse >>> 6)) >>> 1) + 4;
    narrow(flag ? split : range, flag ? 0 : split);
    return flag;
  }

  private void narrow(int previous, int current) {
    low += range - previous;
    range = previous - current;
    int shift = Integer.numberOfLeadingZeros(range) - 16;
    emit(low >> (16 - shift), shift);
    low = low << shift & (1 << 16) - 1;
    range <<= shift;
  }

  /** Appends bits, of which there may be one too many: it adds to those before. */
  private void emit(int value, int width) {
    if (width == 0) {
      if (value != 0) {
        carry();
      }
      return;
    }
    if (value >> width != 0) {
      carry();
    }
    if (count + width > bits.length) {
      bits = Arrays.copyOf(bits, 2 * bits.length);
    }
    for (int i = width - 1; i >= 0; i--) {
      bits[count++] = (byte) (value >> i & 1);
    }
  }

  private void carry() {
    int at = count - 1;
    while (bits[at] == 1) {
      bits[at--] = 0;
    }
    bits[at] = 1;
  }

  /** Returns the tile's data. */
  byte[] finish() {
    // The trailing bit is the first of the 15 bits that the decoder looks at last (clause 8.2.4).
    emit(((low + 0x3fff & ~0x3fff) | 0x4000) >> 14, 2);
    int length = count - 1; // the range starts as half of 16 bits: the first is 0 and not coded
    byte[] data = new byte[(length + 7) >> 3];
    for (int i = 0; i < length; i++) {
      data[i >> 3] |= (byte) (bits[i + 1] << (7 - (i & 7)));
    }
    return data;
  }
}
