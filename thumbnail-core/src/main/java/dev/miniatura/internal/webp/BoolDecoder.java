package dev.miniatura.internal.webp;

import dev.miniatura.internal.bytes.ByteViews;

/**
 * Decodes bools with given probabilities (RFC 6386, section 7). Zeros follow the end of its data,
 * which {@link #hasEnded} reports.
 *
 * <p>The value is held together with bits read ahead: its top 8 bits, from bit {@code bits}
 * upwards, are compared with the split of the RFC. After normalization {@code range} is 128 to 255
 * and the value is below {@code range << bits}.
 */
final class BoolDecoder {

  private final byte[] bytes;
  private final int end;
  private int position;
  long value;
  int range = 255;
  int bits = -8; // read ahead, below the 8 that are compared; negative if fewer remain
  private boolean ended;

  /** Starts at {@code start}; {@code end} is at most the array's length. */
  BoolDecoder(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** Returns whether bits beyond the end of the data were needed. */
  boolean hasEnded() {
    return ended;
  }

  /**
   * Decodes one bool.
   *
   * @param probability of a 0, in 1/256
   */
  int bit(int probability) {
    if (bits < 0) {
      value = load(value, bits);
    }
    int split = 1 + (((range - 1) * probability) >> 8);
    long above = value - ((long) split << bits);
    int bit;
    int left;
    if (above >= 0) {
      value = above;
      left = range - split;
      bit = 1;
    } else {
      left = split;
      bit = 0;
    }
    int shift = Integer.numberOfLeadingZeros(left) - 24;
    range = left << shift;
    bits -= shift;
    return bit;
  }

  /** Decodes a number with the given number of bits, the most significant first. */
  int literal(int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      number = number << 1 | bit(128);
    }
    return number;
  }

  /** Decodes a flag. */
  boolean flag() {
    return bit(128) != 0;
  }

  /** Decodes a number and its sign if a flag is set; 0 if not. */
  int optionalSigned(int count) {
    if (!flag()) {
      return 0;
    }
    int magnitude = literal(count);
    return flag() ? -magnitude : magnitude;
  }

  /** Sets the state, of which {@link ResidualReader} keeps a copy. */
  void restore(long newValue, int newRange, int newBits) {
    value = newValue;
    range = newRange;
    bits = newBits;
  }

  /**
   * Fills a value, which has 8 + {@code remaining}, that is 0 to 7 bits: 7 more bytes leave it
   * positive.
   *
   * @return the value; {@link #bits} tells how many bits are ahead now
   */
  long load(long old, int remaining) {
    if (end - position >= Long.BYTES) {
      long filled = old << 56 | ByteViews.longBe(bytes, position) >>> 8;
      position += 7;
      bits = remaining + 56;
      return filled;
    }
    bits = remaining + 8;
    if (position < end) {
      return old << 8 | (bytes[position++] & 0xff);
    }
    ended = true;
    return old << 8;
  }
}
