package dev.miniatura.internal.inflate;

import java.util.Arrays;

/**
 * Decodes one prefix code of RFC 1951, section 3.2.2, by lookup. The next {@link #rootBits} bits of
 * the stream index {@link #entries}; codes longer than that continue in a subtable.
 *
 * <p>An entry is one int. Bits 0–5 hold the number of bits it consumes, including extra bits, so
 * that {@code bits >>>= entry} needs no mask (a long shift uses six bits of its distance), and bits
 * 8–13 the length of the (first) code itself. The rest depends on the kind:
 *
 * <ul>
 *   <li>literals (sign clear): bits 14–21 the first literal, 22–29 the second, bit 30 set if there
 *       is a second;
 *   <li>a length (sign set, bit 30 clear): bits 22–29 the base length minus 3; bit 6 set if a
 *       literal precedes it, in bits 14–21, with its code counted in both bit fields;
 *   <li>a distance (sign set, bit 30 clear): bits 14–28 the base distance, up to 24,577;
 *   <li>anything else (sign and bit 30 set): {@link #END}, {@link #INVALID}, or a {@link #LINK}
 *       whose bits 14–27 are the index of its subtable.
 * </ul>
 */
final class CodeTable {

  static final int OTHER = 1 << 30;
  static final int INVALID = 1 << 31 | OTHER;
  static final int LINK = INVALID | 1 << 29;
  static final int END = INVALID | 1 << 28;

  /** The position of the first literal, a base distance or a subtable's index. */
  static final int VALUE_SHIFT = 14;

  private static final int SECOND_SHIFT = 22; // the second literal, or a base length
  private static final int SECOND_LITERAL = 1 << 30;
  private static final int LITERAL_BEFORE_LENGTH = 1 << 6;
  private static final int DISTANCE_MASK = (1 << 15) - 1;
  private static final int LINK_MASK = (1 << 14) - 1;

  private static final int MAX_CODE_BITS = 15;

  /** The result of {@link #build}. */
  enum Result {
    GOOD,
    OVERSUBSCRIBED,
    INCOMPLETE
  }

  final int rootBits;
  final int[] entries;

  /**
   * Bits that index a subtable; all subtables of a code have the size that its longest code needs.
   */
  int subtableBits;

  private final int[] symbols; // entries of the symbols, without the code's length
  private final int[] sorted; // symbols by code length, then by value
  private final int[] starts = new int[MAX_CODE_BITS + 2];

  /**
   * Creates a table without a code.
   *
   * @param symbols the entry of each symbol: the kind and value, and the number of extra bits in
   *     bits 0–5
   * @param longest the maximum number of bits of a code
   */
  CodeTable(int rootBits, int longest, int[] symbols) {
    this.rootBits = rootBits;
    this.symbols = symbols;
    sorted = new int[symbols.length];
    // A root entry with a link is shared by at least two symbols, because the code is complete.
    int subtables = symbols.length / 2;
    entries = new int[(1 << rootBits) + (subtables << (longest - rootBits))];
  }

  /** Returns a symbol that stands for {@code base} plus {@code extra} bits. */
  static int lengthSymbol(int base, int extra) {
    return 1 << 31 | (base - 3) << SECOND_SHIFT | extra;
  }

  /** Returns a symbol that stands for {@code base} plus {@code extra} bits. */
  static int distanceSymbol(int base, int extra) {
    return 1 << 31 | base << VALUE_SHIFT | extra;
  }

  /** Returns the length that an entry stands for, before its extra bits are added. */
  static int length(int entry) {
    return 3 + (entry >>> SECOND_SHIFT & 0xff);
  }

  /** Returns how many literals, 0 or 1, precede a length. */
  static int literalsBeforeLength(int entry) {
    return entry >>> 6 & 1;
  }

  /** Returns the distance that an entry stands for, before its extra bits are added. */
  static int distance(int entry) {
    return entry >>> VALUE_SHIFT & DISTANCE_MASK;
  }

  /** Returns the index in {@link #entries} at which the subtable of a link starts. */
  static int subtable(int link) {
    return link >>> VALUE_SHIFT & LINK_MASK;
  }

  /**
   * Assigns codes to symbols by their lengths, 0 to 15, in the canonical order of RFC 1951. A code
   * of a single one-bit symbol, or of none at all, is accepted, as in zlib; unused bit patterns
   * decode to {@link #INVALID}.
   */
  Result build(byte[] lengths, int offset, int count) {
    Arrays.fill(starts, 0);
    for (int i = 0; i < count; i++) {
      starts[lengths[offset + i] + 1]++;
    }
    int unused = starts[1];
    starts[1] = 0;
    int longest = 0;
    int free = 1; // codes of the current length that are not covered by shorter codes
    for (int length = 1; length <= MAX_CODE_BITS; length++) {
      int codes = starts[length + 1];
      free = 2 * free - codes;
      if (free < 0) {
        return Result.OVERSUBSCRIBED;
      }
      if (codes > 0) {
        longest = length;
      }
      starts[length + 1] += starts[length];
    }
    if (free > 0 && longest > 1) {
      return Result.INCOMPLETE;
    }
    int used = count - unused;
    for (int symbol = 0; symbol < count; symbol++) {
      int length = lengths[offset + symbol];
      if (length > 0) {
        sorted[starts[length]++] = symbol;
      }
    }
    fill(lengths, offset, used, longest);
    return Result.GOOD;
  }

  /**
   * Writes the entries in order of code length. The table doubles at each length, so a code is
   * written once and then copied to every index that ends in it.
   */
  private void fill(byte[] lengths, int offset, int used, int longest) {
    subtableBits = Math.max(0, longest - rootBits);
    int nextSubtable = 1 << rootBits;
    int size = 1;
    entries[0] = INVALID;
    int code = 0;
    int length = 0;
    for (int i = 0; i < used; i++) {
      int symbol = sorted[i];
      for (int wanted = lengths[offset + symbol]; length < wanted; length++) {
        code <<= 1;
        size = doubled(size);
      }
      int entry = symbols[symbol] + length * 0x101;
      int reversed = Integer.reverse(code) >>> (32 - length);
      code++;
      if (length <= rootBits) {
        entries[reversed] = entry;
        continue;
      }
      int root = reversed & ((1 << rootBits) - 1);
      if (entries[root] == INVALID) {
        entries[root] = LINK | nextSubtable << VALUE_SHIFT;
        nextSubtable += 1 << subtableBits;
      }
      int end = subtable(entries[root]) + (1 << subtableBits);
      int step = 1 << (length - rootBits);
      for (int at = subtable(entries[root]) + (reversed >>> rootBits); at < end; at += step) {
        entries[at] = entry;
      }
    }
    while (size < 1 << rootBits) {
      size = doubled(size);
    }
  }

  private int doubled(int size) {
    if (size == 1 << rootBits) {
      return size;
    }
    System.arraycopy(entries, 0, entries, size, size);
    return 2 * size;
  }

  /**
   * Joins a literal with the following literal or length if one lookup covers both codes. The
   * second one's entry is at {@code i >>> length}, a smaller index: in descending order, it is
   * still that of a single symbol. It is used only if the remaining bits of the index are enough
   * for its code.
   */
  void joinLiterals() {
    for (int i = (1 << rootBits) - 1; i >= 0; i--) {
      int first = entries[i];
      if (first >= 0) {
        int length = first & 63;
        int second = entries[i >>> length];
        if (length + (second >>> 8 & 63) <= rootBits) {
          if (second >= 0) {
            int literal = second >>> VALUE_SHIFT & 0xff;
            entries[i] = first + (second & 63) | literal << SECOND_SHIFT | SECOND_LITERAL;
          } else if ((second & OTHER) == 0) {
            int literal = first >>> VALUE_SHIFT & 0xff;
            entries[i] = second + length * 0x101 | literal << VALUE_SHIFT | LITERAL_BEFORE_LENGTH;
          }
        }
      }
    }
  }
}
