package dev.miniatura.internal.vp8l;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import java.io.IOException;
import java.util.Arrays;

/** Reads prefix codes (RFC 9649, section 3.7.2.1). */
final class PrefixCodes {

  static final int LITERALS = 256;
  static final int LENGTHS = 24;
  static final int DISTANCES = 40;

  /**
   * The maximum size of a picture's tables in bytes. Encoders share a code among blocks of similar
   * content, which leads to hundreds of groups of 3 kB each.
   */
  static final int MAX_BYTES = 32 << 20;

  /** The maximum number of bytes of tables per byte of the stream: 2,704 entries from 145 bytes. */
  private static final int BYTES_PER_BYTE = 64;

  /** The order in which the lengths of the code length code are stored. */
  static final int[] LENGTH_ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  private static final int REPEAT =
      16; // the first of the three codes that stand for several lengths

  private final BitSource in;
  private final int greens;
  private final byte[] lengths;
  private final byte[] lengthLengths = new byte[LENGTH_ORDER.length];
  private final PrefixTable lengthCode = new PrefixTable(LENGTH_ORDER.length);
  private final PrefixTable table;
  private char[] entries = new char[0]; // of the group being read
  private long bytes;

  /**
   * Creates a reader.
   *
   * @param cacheSize number of colors in the cache
   */
  PrefixCodes(BitSource in, int cacheSize) {
    this.in = in;
    greens = LITERALS + LENGTHS + cacheSize;
    lengths = new byte[greens];
    table = new PrefixTable(greens);
  }

  /** Returns the maximum number of bytes that the tables of a stream take. */
  static long workingBytes(long streamBytes) {
    return Math.min(MAX_BYTES, BYTES_PER_BYTE * streamBytes);
  }

  /**
   * Reads the codes of one group.
   *
   * @param used whether the group is kept; if not, its codes are only read
   */
  PrefixGroup read(boolean used) throws IOException {
    int[] starts = new int[PrefixGroup.CODES];
    int[] rootBits = new int[PrefixGroup.CODES];
    int size = 0;
    for (int i = 0; i < PrefixGroup.CODES; i++) {
      int symbols = i == 0 ? greens : i < 4 ? LITERALS : DISTANCES;
      readLengths(symbols);
      in.require("prefix codes");
      if (!table.build(lengths, symbols)) {
        throw in.malformed("a prefix code is not complete");
      }
      if (entries.length < size + table.size()) {
        entries = Arrays.copyOf(entries, 2 * (size + table.size()));
      }
      table.copyTo(entries, size);
      starts[i] = size;
      rootBits[i] = table.rootBits();
      size += table.size();
    }
    bytes += used ? PrefixGroup.bytes(size) : 0;
    if (bytes > MAX_BYTES) {
      throw new LimitExceededException(Limits.Kind.WORKING_BYTES, MAX_BYTES, bytes);
    }
    return new PrefixGroup(used ? Arrays.copyOf(entries, size) : entries, starts, rootBits);
  }

  private void readLengths(int symbols) throws IOException {
    Arrays.fill(lengths, (byte) 0);
    if (in.flag()) {
      boolean two = in.flag();
      int first = in.take(in.flag() ? 8 : 1);
      lengths[first] = 1;
      if (two) {
        lengths[in.take(8)] = 1;
      }
      return;
    }
    readLengthCode();
    int left = symbols; // stored code lengths, where codes for several count as one
    if (in.flag()) {
      left = 2 + in.take(2 + 2 * in.take(3));
      if (left > symbols) {
        throw in.malformed("more code lengths than symbols");
      }
    }
    char[] codes = new char[1 << PrefixTable.ROOT_BITS]; // codes have at most 7 bits
    lengthCode.copyTo(codes, 0);
    int mask = (1 << lengthCode.rootBits()) - 1;
    int previous = 8;
    for (int at = 0; at < symbols && left > 0; left--) {
      in.fill();
      int entry = codes[(int) in.bits & mask];
      in.drop(entry & 15);
      int length = entry >>> 4;
      if (length < REPEAT) {
        lengths[at++] = (byte) length;
        previous = length > 0 ? length : previous;
        continue;
      }
      int count =
          switch (length) {
            case REPEAT -> 3 + in.take(2);
            case REPEAT + 1 -> 3 + in.take(3);
            default -> 11 + in.take(7);
          };
      if (count > symbols - at) {
        throw in.malformed("more code lengths than symbols");
      }
      Arrays.fill(lengths, at, at + count, (byte) (length == REPEAT ? previous : 0));
      at += count;
    }
  }

  /** Reads the code length code. */
  private void readLengthCode() throws IOException {
    int count = 4 + in.take(4);
    Arrays.fill(lengthLengths, (byte) 0);
    for (int i = 0; i < count; i++) {
      lengthLengths[LENGTH_ORDER[i]] = (byte) in.take(3);
    }
    if (!lengthCode.build(lengthLengths, lengthLengths.length)) {
      throw in.malformed("the code of code lengths is not complete");
    }
  }
}
