package dev.miniatura.internal.jpeg.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Huffman table (T.81, C and F.2.2.3) in the five forms that decoding uses.
 *
 * <ul>
 *   <li>{@link #lookup}: one symbol for the next {@value #LOOKUP_BITS} bits.
 *   <li>{@link #longCode}: canonical decoding of the rare longer codes.
 *   <li>{@link #coefficients}: one or two AC coefficients with their runs and extra bits, where the
 *       next {@value #COEFFICIENT_BITS} bits hold them all.
 *   <li>{@link #band}: the same for the first scans of progressive frames, one at a time.
 *   <li>{@link #skips}: for unneeded AC coefficients, as many whole symbols as the next {@value
 *       #SKIP_BITS} bits hold.
 * </ul>
 *
 * The tables are built on first use: a progressive file defines many that no needed scan uses.
 */
final class HuffmanDecoder {

  /** Window of {@link #lookup}. A DC code in it and 11 extra bits leave room for two skips. */
  static final int LOOKUP_BITS = 9;

  /** Window of {@link #coefficients}: 8 KB per table. */
  static final int COEFFICIENT_BITS = 11;

  /** Window of {@link #band}. */
  static final int BAND_BITS = 10;

  /** Window of {@link #skips}: 8 KB per table stay in the first-level cache. */
  static final int SKIP_BITS = 12;

  /**
   * The maximum number of bits that one entry of {@link #skips} consumes, so that three fit into a
   * refill of 56.
   */
  static final int MAX_SKIP_BITS = 18;

  /** How far EOB moves the zigzag index in {@link #coefficients}: further than two overflows. */
  static final int COEFFICIENTS_END = 96;

  /** Added to the advance of an entry that ends with EOB. */
  static final int SKIP_END = 128;

  /**
   * The sum of a zigzag index, shifted left by 6, and of entries of {@link #skips}, from which on
   * the block has ended.
   */
  static final int SKIPPED = 64 << 6;

  /**
   * A {@link #skips} entry that decodes nothing: it advances past the block and consumes no bits.
   */
  private static final char SKIP_NOTHING = 64 << 6;

  private static final int CODE_BITS = 16;

  private final byte[] values;
  private final int[] firstValue = new int[CODE_BITS + 1]; // index of the length's first value
  private final int[] firstCode = new int[CODE_BITS + 1];
  private final int[] limit = new int[CODE_BITS + 1]; // end of the length's codes, in 16 bits
  private short @Nullable [] lookup;
  private int @Nullable [] coefficients;
  private int @Nullable [] band;
  private char @Nullable [] skips;

  /**
   * Creates the table. The caller has checked that the codes {@linkplain #fit fit}, and passes as
   * many values as there are codes.
   *
   * @param counts number of codes of length 1 to 16, from index 0
   * @param values the symbols in order of their codes
   */
  HuffmanDecoder(byte[] counts, byte[] values) {
    this.values = values;
    int code = 0;
    int value = 0;
    for (int length = 1; length <= CODE_BITS; length++) {
      int count = counts[length - 1] & 0xff;
      firstValue[length] = value;
      firstCode[length] = code;
      value += count;
      code += count;
      limit[length] = code << (CODE_BITS - length);
      code <<= 1;
    }
  }

  /** Returns whether no length has more codes than the shorter ones leave room for (T.81, C.2). */
  static boolean fit(byte[] counts) {
    int room = 1;
    for (byte count : counts) {
      room = 2 * room - (count & 0xff);
      if (room < 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether any symbol is above the given one. */
  boolean hasSymbolAbove(int symbol) {
    for (byte value : values) {
      if ((value & 0xff) > symbol) {
        return true;
      }
    }
    return false;
  }

  /** Returns {@code length << 8 | symbol} for each window, 0 if the code is longer or undefined. */
  short[] lookup() {
    short[] table = lookup;
    if (table == null) {
      table = new short[1 << LOOKUP_BITS];
      for (int length = 1; length <= LOOKUP_BITS; length++) {
        int span = 1 << (LOOKUP_BITS - length);
        int end = limit[length] >>> (CODE_BITS - LOOKUP_BITS);
        int value = firstValue[length];
        for (int at = firstCode[length] * span; at < end; at += span) {
          Arrays.fill(table, at, at + span, (short) (length << 8 | (values[value++] & 0xff)));
        }
      }
      lookup = table;
    }
    return table;
  }

  /**
   * Decodes a code of more than {@link #LOOKUP_BITS} bits.
   *
   * @param window the next 16 bits
   * @return {@code length << 8 | symbol}, or 0 if no code starts like this
   */
  int longCode(int window) {
    for (int length = LOOKUP_BITS + 1; length <= CODE_BITS; length++) {
      if (window < limit[length]) {
        int code = window >>> (CODE_BITS - length);
        return length << 8 | (values[firstValue[length] + code - firstCode[length]] & 0xff);
      }
    }
    return 0;
  }

  /**
   * Returns, for each window of {@link #COEFFICIENT_BITS} bits, the one or two AC coefficients that
   * it holds with all their extra bits, or 0 if it holds none.
   *
   * <p>From the lowest bit on, an entry has the bits used (6), how far the zigzag index moves with
   * the first and with the second coefficient (7 each, {@link #COEFFICIENTS_END} for EOB), and the
   * values of the second (3) and of the first (9). Where there is no second, its move is 0.
   */
  int[] coefficients() {
    int[] table = coefficients;
    if (table == null) {
      table = new int[1 << COEFFICIENT_BITS];
      short[] symbols = lookup();
      for (int window = 0; window < table.length; window++) {
        table[window] = coefficients(symbols, window);
      }
      coefficients = table;
    }
    return table;
  }

  private static int coefficients(short[] symbols, int window) {
    int first = coefficientIn(symbols, window, 0);
    int value = first >> 16;
    int used = first & 63;
    if (first == 0 || value != value << 23 >> 23) {
      return 0;
    }
    int entry = value << 23 | (first >>> 8 & 127) << 6;
    int second = (first >>> 8 & 127) == COEFFICIENTS_END ? 0 : coefficientIn(symbols, window, used);
    value = second >> 16;
    if (second != 0 && value == value << 29 >> 29) {
      entry |= (value & 7) << 20 | (second >>> 8 & 127) << 13;
      used += second & 63;
    }
    return entry | used;
  }

  /**
   * Returns, for each window of {@link #BAND_BITS} bits, the AC coefficient of a progressive first
   * scan that it holds with all its extra bits, or EOB0, as {@link #coefficient} describes them; 0
   * for everything else.
   */
  int[] band() {
    int[] table = band;
    if (table == null) {
      table = new int[1 << BAND_BITS];
      short[] symbols = lookup();
      for (int window = 0; window < table.length; window++) {
        int symbol = symbols[window >>> (BAND_BITS - LOOKUP_BITS)];
        if ((symbol & 15) != 0 || (symbol != 0 && (symbol & 0xff) == 0)) {
          int entry = coefficient(symbol, (long) window << (64 - BAND_BITS));
          table[window] = (entry & 63) <= BAND_BITS ? entry : 0;
        }
      }
      band = table;
    }
    return table;
  }

  /**
   * Returns the coefficient after {@code used} bits of a window, or 0 if not all of it is there.
   */
  private static int coefficientIn(short[] symbols, int window, int used) {
    int rest = (window << used) & ((1 << COEFFICIENT_BITS) - 1);
    int symbol = symbols[rest >>> (COEFFICIENT_BITS - LOOKUP_BITS)];
    if (symbol == 0) {
      return 0;
    }
    int entry = coefficient(symbol, (long) rest << (64 - COEFFICIENT_BITS));
    return used + (entry & 63) <= COEFFICIENT_BITS ? entry : 0;
  }

  /**
   * Decodes an AC coefficient of a sequential block.
   *
   * @param symbol its {@code length << 8 | symbol}
   * @param bits the code and the extra bits, at the top end
   * @return {@code value << 16 | advance << 8 | bits used}, where advance is how far the zigzag
   *     index moves, or {@link #COEFFICIENTS_END} for EOB
   */
  static int coefficient(int symbol, long bits) {
    int length = symbol >>> 8;
    int size = symbol & 15;
    int run = (symbol >>> 4) & 15;
    if (size == 0 && run < 15) {
      return COEFFICIENTS_END << 8 | length;
    }
    int value = Extend.signed((int) (bits << length >>> 1 >>> (63 - size)), size);
    return value << 16 | (run + 1) << 8 | (length + size);
  }

  /**
   * Returns, for each window of {@link #SKIP_BITS} bits, the effect of skipping the symbols in it:
   * {@code advance << 6 | bits}, where advance is how far the zigzag index moves, plus {@link
   * #SKIP_END} if the last symbol is EOB.
   *
   * <p>A symbol is included if its code lies wholly in the window; the extra bits of the last one
   * may lie beyond it if the entry consumes no more than {@link #MAX_SKIP_BITS}. The advances of an
   * entry stay below 64, so that the sum shows whether EOB was among the symbols. A window that
   * decodes nothing (because the code is longer or undefined, or would consume too much) advances
   * by 64 and consumes nothing, which no sequence of symbols does.
   */
  char[] skips() {
    char[] table = skips;
    if (table == null) {
      table = new char[1 << SKIP_BITS];
      for (int window = 0; window < table.length; window++) {
        table[window] = skip(window);
      }
      skips = table;
    }
    return table;
  }

  private char skip(int window) {
    short[] symbols = lookup();
    int used = 0;
    int advance = 0;
    while (used < SKIP_BITS) {
      int rest = (window << used) & ((1 << SKIP_BITS) - 1);
      int entry = symbols[rest >>> (SKIP_BITS - LOOKUP_BITS)];
      if (entry == 0) {
        entry = longCode(rest << (CODE_BITS - SKIP_BITS));
      }
      int length = entry >>> 8;
      int size = entry & 15;
      int run = (entry >>> 4) & 15;
      if (length == 0 || used + length > SKIP_BITS || used + length + size > MAX_SKIP_BITS) {
        break;
      }
      if (size == 0 && run < 15) {
        return (char) ((advance + SKIP_END) << 6 | (used + length));
      }
      if (advance + run + 1 > 63) {
        break;
      }
      used += length + size;
      advance += run + 1;
    }
    return used == 0 ? SKIP_NOTHING : (char) (advance << 6 | used);
  }
}
