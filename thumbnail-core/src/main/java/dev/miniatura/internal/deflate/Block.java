package dev.miniatura.internal.deflate;

import dev.miniatura.internal.bytes.ByteViews;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes a block in the shortest of its three forms (RFC 1951, section 3.2.3). */
final class Block {

  private static final int STORED = 0;
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;

  private static final int MAX_BITS = 15; // of a code

  private static final int MAX_STORED = 0xffff;

  /** The bits of a stored block besides its bytes, at most. */
  private static final long STORED_BITS = 3 + 7 + 16 + 16;

  /** The token for matches of the least length; those below are literals. */
  static final int MATCHES = 256;

  private static final int END = MATCHES + Symbols.MAX_LENGTH - Symbols.MIN_LENGTH + 1;

  private final byte[] data;
  private final BitOutput out;

  /** What is written for each token and for the end, above the number of bits in the lowest 8. */
  private final int[] written = new int[END + 1];

  Block(byte[] data, BitOutput out) {
    this.data = data;
    this.out = out;
  }

  /**
   * Writes some bytes.
   *
   * @param counts how often their symbols occur
   * @param tokens literals and matches: symbols in the upper 16 bits, distances or 0 below
   * @param last whether this is the last block
   */
  void write(int[] counts, int[] tokens, int token, int tokenEnd, int from, int to, boolean last) {
    PrefixCode distances = start(counts, from, to, last);
    if (distances != null) {
      writeTokens(tokens, token, tokenEnd, distances);
      out.put(written[END] >>> 8, written[END] & 0xff);
    }
  }

  /** Writes some bytes as literals. */
  void writeLiterals(int[] counts, int from, int to, boolean last) {
    if (start(counts, from, to, last) != null) {
      writeLiterals(from, to);
      out.put(written[END] >>> 8, written[END] & 0xff);
    }
  }

  /**
   * Writes the start of the block and prepares the symbols.
   *
   * @return the code of distances, or null if the block is stored and complete
   */
  private @Nullable PrefixCode start(int[] counts, int from, int to, boolean last) {
    counts[Symbols.END] = 1;
    PrefixCode literals = PrefixCode.of(counts, 0, Symbols.LITERALS, MAX_BITS);
    PrefixCode distances = PrefixCode.of(counts, Pieces.DISTANCES, Symbols.DISTANCES, MAX_BITS);
    Description description = new Description(literals.lengths, distances.lengths);
    long extra = Symbols.extraBits(counts);
    long dynamicBits = description.bits() + extra + bits(counts, literals, distances);
    long fixedBits = extra + bits(counts, Fixed.LITERALS, Fixed.DISTANCES);
    int length = to - from;
    long storedBits = 8L * length + STORED_BITS * (length / MAX_STORED + 1);
    long bits = Math.min(dynamicBits, fixedBits);
    out.reserve(3 + Math.min(bits, storedBits));
    if (storedBits < bits) {
      store(from, to, last);
      return null;
    }
    if (fixedBits <= dynamicBits) {
      start(FIXED, last);
      fill(Fixed.LITERALS);
      return Fixed.DISTANCES;
    }
    start(DYNAMIC, last);
    description.write(out);
    fill(literals);
    return distances;
  }

  private void start(int form, boolean last) {
    out.put((last ? 1 : 0) | form << 1, 3);
  }

  private void store(int from, int to, boolean last) {
    int at = from;
    do {
      int length = Math.min(to - at, MAX_STORED);
      start(STORED, last && at + length == to);
      out.align();
      out.put(length + ((long) (MAX_STORED - length) << 16), 32); // and its complement
      out.put(data, at, length);
      at += length;
    } while (at < to);
  }

  private static long bits(int[] counts, PrefixCode literals, PrefixCode distances) {
    long bits = 0;
    for (int symbol = 0; symbol < Symbols.LITERALS; symbol++) {
      bits += (long) counts[symbol] * literals.lengths[symbol];
    }
    for (int symbol = 0; symbol < Symbols.DISTANCES; symbol++) {
      bits += (long) counts[Pieces.DISTANCES + symbol] * distances.lengths[symbol];
    }
    return bits;
  }

  private void fill(PrefixCode literals) {
    written[END] = literals.codes[Symbols.END] << 8 | literals.lengths[Symbols.END];
    for (int symbol = 0; symbol < MATCHES; symbol++) {
      written[symbol] = literals.codes[symbol] << 8 | literals.lengths[symbol];
    }
    for (int length = Symbols.MIN_LENGTH; length <= Symbols.MAX_LENGTH; length++) {
      int code = Symbols.lengthCode(length);
      int symbol = Symbols.LENGTHS + code;
      int bits = literals.lengths[symbol];
      int value = literals.codes[symbol] | (length - Symbols.LENGTH_BASE[code]) << bits;
      written[MATCHES + length - Symbols.MIN_LENGTH] =
          value << 8 | (bits + Symbols.LENGTH_EXTRA[code]);
    }
  }

  /** Writes three literals of at most 15 bits at a time. */
  private void writeLiterals(int from, int to) {
    byte[] bytes = out.bytes;
    int size = out.size;
    long bits = out.bits;
    int count = out.count;
    int at = from;
    for (; at + 3 <= to; at += 3) {
      int first = written[data[at] & 0xff];
      int second = written[data[at + 1] & 0xff];
      int third = written[data[at + 2] & 0xff];
      bits |= (long) (first >>> 8) << count;
      count += first & 0xff;
      bits |= (long) (second >>> 8) << count;
      count += second & 0xff;
      bits |= (long) (third >>> 8) << count;
      count += third & 0xff;
      ByteViews.putLongLe(bytes, size, bits);
      size += count >>> 3;
      bits >>>= count & ~7;
      count &= 7;
    }
    out.size = size;
    out.bits = bits;
    out.count = count;
    for (; at < to; at++) {
      int last = written[data[at] & 0xff];
      out.put(last >>> 8, last & 0xff);
    }
  }

  /** Writes tokens of at most 15 + 5 + 15 + 13 bits. */
  private void writeTokens(int[] tokens, int from, int to, PrefixCode distances) {
    byte[] bytes = out.bytes;
    int size = out.size;
    long bits = out.bits;
    int count = out.count;
    for (int i = from; i < to; i++) {
      int token = tokens[i];
      int entry = written[token >>> 16];
      bits |= (long) (entry >>> 8) << count;
      count += entry & 0xff;
      int distance = token & 0xffff;
      if (distance != 0) {
        int symbol = Symbols.distance(distance);
        bits |= (long) distances.codes[symbol] << count;
        count += distances.lengths[symbol];
        bits |= (long) (distance - Symbols.DISTANCE_BASE[symbol]) << count;
        count += Symbols.DISTANCE_EXTRA[symbol];
      }
      ByteViews.putLongLe(bytes, size, bits);
      size += count >>> 3;
      bits >>>= count & ~7;
      count &= 7;
    }
    out.size = size;
    out.bits = bits;
    out.count = count;
  }

  /** The codes of section 3.2.6. */
  private static final class Fixed {

    static final PrefixCode LITERALS = literals();
    static final PrefixCode DISTANCES = distances();

    private static PrefixCode literals() {
      int[] lengths = new int[288];
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        lengths[symbol] = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
      }
      return new PrefixCode(lengths);
    }

    private static PrefixCode distances() {
      int[] lengths = new int[Symbols.DISTANCES];
      Arrays.fill(lengths, 5);
      return new PrefixCode(lengths);
    }
  }
}
