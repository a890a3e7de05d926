package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/**
 * Builds lookup tables of canonical prefix codes (RFC 9649, section 3.7.2.1). The next {@link
 * #rootBits()} bits of the stream index a table; codes longer than {@value #ROOT_BITS} bits
 * continue in a subtable after it.
 *
 * <p>An entry is a symbol times 16, plus the length of its code. A length above {@value #ROOT_BITS}
 * in the root marks a link: the symbol is then the start of the subtable, relative to the start of
 * the root, and the length is that of the subtable's longest code. In subtables, lengths are also
 * those of whole codes.
 */
final class PrefixTable {

  static final int ROOT_BITS = 8;

  /** The mask for the index into a full-size root table. */
  static final int ROOT_MASK = (1 << ROOT_BITS) - 1;

  /**
   * The maximum number of entries in all tables of a code with 2,328 symbols of at most 15 bits.
   */
  private static final int MAX_ENTRIES = 4096;

  private static final int MAX_LENGTH = 15;

  private final char[] entries = new char[MAX_ENTRIES];
  private final int[] longestBelow = new int[1 << ROOT_BITS]; // by the first bits of a code
  private final int[] starts = new int[MAX_LENGTH + 2];
  private final int[] sorted; // symbols by code length, then by value
  private int rootBits;
  private int size;

  /**
   * Creates a builder.
   *
   * @param most the maximum number of symbols of a code
   */
  PrefixTable(int most) {
    sorted = new int[most];
  }

  /**
   * Builds the tables of a code.
   *
   * @param lengths of the symbols' codes, 0 for none
   * @return whether the code is complete; a code with a single symbol is, and takes no bits
   */
  boolean build(byte[] lengths, int symbols) {
    Arrays.fill(starts, 0);
    for (int i = 0; i < symbols; i++) {
      starts[lengths[i] + 1]++;
    }
    int used = symbols - starts[1];
    starts[1] = 0;
    int longest = 0;
    int free = 1; // codes of the current length that are not covered by shorter codes
    for (int length = 1; length <= MAX_LENGTH; length++) {
      free = 2 * free - starts[length + 1];
      if (free < 0) {
        return false;
      }
      longest = starts[length + 1] > 0 ? length : longest;
      starts[length + 1] += starts[length];
    }
    if (used == 0 || (free > 0 && used > 1)) {
      return false;
    }
    for (int symbol = 0; symbol < symbols; symbol++) {
      if (lengths[symbol] > 0) {
        sorted[starts[lengths[symbol]]++] = symbol;
      }
    }
    if (used == 1) {
      rootBits = 0;
      size = 1;
      entries[0] = (char) (sorted[0] << 4);
    } else {
      rootBits = Math.min(longest, ROOT_BITS);
      fill(lengths, used);
    }
    return true;
  }

  /** Writes the entries in the order of codes, which are left-aligned in 15 bits. */
  private void fill(byte[] lengths, int used) {
    size = 1 << rootBits;
    Arrays.fill(longestBelow, 0);
    int code = 0;
    for (int i = 0; i < used; i++) {
      int length = lengths[sorted[i]];
      longestBelow[code >>> (MAX_LENGTH - ROOT_BITS)] = length; // they never get shorter
      code += 1 << (MAX_LENGTH - length);
    }
    int table = 0; // the subtable being filled; 0 for none
    int openRoot = -1;
    code = 0;
    for (int i = 0; i < used; i++) {
      int symbol = sorted[i];
      int length = lengths[symbol];
      int bits = Integer.reverse(code) >>> (Integer.SIZE - MAX_LENGTH);
      char entry = (char) (symbol << 4 | length);
      if (length <= rootBits) {
        for (int at = bits; at < 1 << rootBits; at += 1 << length) {
          entries[at] = entry;
        }
      } else {
        int root = bits & ROOT_MASK;
        int longest = longestBelow[code >>> (MAX_LENGTH - ROOT_BITS)];
        if (root != openRoot) {
          openRoot = root;
          table = size;
          size += 1 << (longest - ROOT_BITS);
          entries[root] = (char) (table << 4 | longest);
        }
        int step = 1 << (length - ROOT_BITS);
        for (int at = table + (bits >>> ROOT_BITS); at < size; at += step) {
          entries[at] = entry;
        }
      }
      code += 1 << (MAX_LENGTH - length);
    }
  }

  /**
   * Follows a link.
   *
   * @return the index of the entry, relative to the start of the code's tables
   */
  static int next(int link, long bits) {
    return (link >>> 4) + ((int) bits >>> ROOT_BITS & ((1 << ((link & 15) - ROOT_BITS)) - 1));
  }

  /** Returns the number of entries of the most recently built code. */
  int size() {
    return size;
  }

  /** Returns how many bits index the root table of the most recently built code. */
  int rootBits() {
    return rootBits;
  }

  /** Copies the tables of the most recently built code. */
  void copyTo(char[] target, int at) {
    System.arraycopy(entries, 0, target, at, size);
  }
}
