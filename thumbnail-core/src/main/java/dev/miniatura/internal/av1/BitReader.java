package dev.miniatura.internal.av1;

import dev.miniatura.MalformedImageException;

/** Reads the descriptors of AV1's headers (clause 4.10) from a range of bytes. */
final class BitReader {

  private final byte[] bytes;
  private final int end;
  private long position; // in bits

  /** Reads {@code [start, end)}. */
  BitReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.end = end;
    position = (long) start << 3;
  }

  /** Returns an error at the next byte. */
  MalformedImageException malformed(String reason) {
    return new MalformedImageException("AV1", offset(), reason);
  }

  /** Returns the index of the next byte. */
  int offset() {
    return (int) (position >> 3);
  }

  /** Reads f(1). */
  int bit() throws MalformedImageException {
    int at = offset();
    if (at >= end) {
      throw malformed("OBU ends early");
    }
    int bit = bytes[at] >> (7 - (int) (position & 7)) & 1;
    position++;
    return bit;
  }

  /** Reads f(1) as a flag. */
  boolean flag() throws MalformedImageException {
    return bit() != 0;
  }

  /** Reads f(n), n at most 32; with 32 bits the result may be negative. */
  int bits(int count) throws MalformedImageException {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  /** Reads su(n): two's complement of n bits. */
  int signed(int count) throws MalformedImageException {
    int shift = 32 - count;
    return bits(count) << shift >> shift;
  }

  /** Reads ns(n): a number below {@code bound}, non-symmetric. */
  int nonSymmetric(int bound) throws MalformedImageException {
    int width = 32 - Integer.numberOfLeadingZeros(bound);
    int shorter = (1 << width) - bound;
    int value = bits(width - 1);
    return value < shorter ? value : (value << 1) - shorter + bit();
  }

  /** Skips uvlc(). */
  void skipVariableLength() throws MalformedImageException {
    int zeros = 0;
    while (!flag()) {
      zeros++;
    }
    if (zeros < 32) {
      bits(zeros);
    }
  }

  /** Reads leb128() that fits in 31 bits. */
  int leb128() throws MalformedImageException {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      int part = bits(8);
      value |= (long) (part & 0x7f) << (7 * i);
      if ((part & 0x80) == 0) {
        if (value > Integer.MAX_VALUE) {
          throw malformed("leb128 of " + value);
        }
        return (int) value;
      }
    }
    throw malformed("leb128 of more than 8 bytes");
  }

  /** Reads le(n), n at most 4. */
  int littleEndian(int count) throws MalformedImageException {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value |= bits(8) << (8 * i);
    }
    return value;
  }

  /** Moves on to the next whole byte. */
  void align() {
    position = position + 7 & -8;
  }
}
