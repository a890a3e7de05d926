package dev.miniatura.internal.zstd;

import java.util.Arrays;

/**
 * A decoding table for finite state entropy (RFC 8878, section 4.1.1). A state is an index; it
 * gives a symbol and, with some bits, the next state.
 */
final class FseTable {

  final int accuracy; // log2 of the number of states
  final byte[] symbols;
  private final byte[] bits;
  private final short[] baselines;

  private FseTable(int accuracy) {
    this.accuracy = accuracy;
    symbols = new byte[1 << accuracy];
    bits = new byte[1 << accuracy];
    baselines = new short[1 << accuracy];
  }

  /** Returns a table with a single symbol, which takes no bits. */
  static FseTable single(int symbol) {
    FseTable table = new FseTable(0);
    table.symbols[0] = (byte) symbol;
    return table;
  }

  /**
   * Builds a table.
   *
   * @param counts the number of states of each symbol, or −1 if it is less probable than one state;
   *     their absolute values add up to the number of states
   */
  static FseTable of(int accuracy, int... counts) {
    FseTable table = new FseTable(accuracy);
    int size = 1 << accuracy;
    int high = size;
    int[] next = new int[counts.length];
    for (int s = 0; s < counts.length; s++) {
      next[s] = Math.abs(counts[s]);
      if (counts[s] < 0) {
        table.symbols[--high] = (byte) s;
      }
    }
    int step = (size >> 1) + (size >> 3) + 3;
    int at = 0;
    for (int s = 0; s < counts.length; s++) {
      for (int i = 0; i < counts[s]; i++) {
        table.symbols[at] = (byte) s;
        do {
          at = (at + step) & (size - 1);
        } while (at >= high);
      }
    }
    for (int state = 0; state < size; state++) {
      int number = next[table.symbols[state]]++;
      int count = accuracy - (31 - Integer.numberOfLeadingZeros(number));
      table.bits[state] = (byte) count;
      table.baselines[state] = (short) ((number << count) - size);
    }
    return table;
  }

  /** A table and the end of its description. */
  record Described(FseTable table, int end) {}

  /**
   * Reads a description (RFC 8878, section 4.1.1).
   *
   * @param most the maximum accuracy
   * @param symbols the maximum number of symbols
   */
  static Described read(byte[] array, int start, int end, int most, int symbols)
      throws BrokenBlock {
    BrokenBlock.check(start < end, "a table without a description");
    int accuracy = (array[start] & 15) + 5;
    BrokenBlock.check(accuracy <= most, "a table of accuracy " + accuracy);
    int bit = 4;
    int left = 1 << accuracy;
    int[] counts = new int[symbols];
    int symbol = 0;
    while (left > 0 && symbol < symbols) {
      int width = 32 - Integer.numberOfLeadingZeros(left + 1);
      int low = (1 << (width - 1)) - 1;
      int fewer = (1 << width) - 2 - left; // values that take one bit fewer
      int value = bits(array, start, end, bit, width);
      bit += width;
      if ((value & low) < fewer) {
        value &= low;
        bit--;
      } else if (value > low) {
        value -= fewer;
      }
      counts[symbol++] = value - 1;
      left -= Math.abs(value - 1);
      for (int repeat = value == 1 ? 3 : 0; repeat == 3; symbol += repeat) {
        repeat = bits(array, start, end, bit, 2);
        bit += 2;
      }
    }
    int used = start + (bit + 7) / 8;
    BrokenBlock.check(left == 0 && symbol <= symbols && used <= end, "a table of wrong sums");
    return new Described(of(accuracy, Arrays.copyOf(counts, symbol)), used);
  }

  /** Returns bits, counted from the lowest one of the first byte; zeros beyond the end. */
  private static int bits(byte[] array, int start, int end, int bit, int count) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int at = start + (bit >> 3) + i;
      value |= (at < end ? array[at] & 0xff : 0) << (8 * i);
    }
    return value >>> (bit & 7) & ((1 << count) - 1);
  }

  int next(int state, BackwardBits in) {
    return baselines[state] + in.read(bits[state]);
  }
}
