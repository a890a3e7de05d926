package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;

/** Reads the fixed-length and Exp-Golomb codes of headers and parameter sets (H.265, 7.2, 9.2). */
final class BitReader {

  private final byte[] bytes;
  private final long end; // in bits
  private final long offset;
  private long position; // in bits

  BitReader(NalUnit unit) {
    bytes = unit.payload();
    end = unit.length() * 8L;
    offset = unit.offset();
  }

  /** Reads {@code count} bits, 0 to 32. */
  long bits(int count) throws MalformedImageException {
    if (count > end - position) {
      throw malformed("a parameter set or slice header ends early");
    }
    long value = 0;
    for (int i = 0; i < count; i++, position++) {
      value = value << 1 | (bytes[(int) (position >> 3)] >> (7 - (position & 7)) & 1);
    }
    return value;
  }

  /** Reads {@code count} bits, 0 to 31. */
  int u(int count) throws MalformedImageException {
    return (int) bits(count);
  }

  boolean flag() throws MalformedImageException {
    return u(1) != 0;
  }

  void skip(long count) throws MalformedImageException {
    if (count > end - position) {
      throw malformed("a parameter set or slice header ends early");
    }
    position += count;
  }

  /** Reads an unsigned Exp-Golomb code of at most {@code max}. */
  int ue(int max, String name) throws MalformedImageException {
    int zeros = 0;
    while (!flag()) {
      if (++zeros > 31) {
        throw malformed(name + " is out of range");
      }
    }
    long value = (1L << zeros) - 1 + bits(zeros);
    if (value > max) {
      throw malformed(name + " is out of range");
    }
    return (int) value;
  }

  /** Skips an unsigned Exp-Golomb code. */
  void skipUe() throws MalformedImageException {
    int zeros = 0;
    while (!flag()) {
      if (++zeros > 32) {
        throw malformed("an Exp-Golomb code is too long");
      }
    }
    skip(zeros);
  }

  /** Reads a signed Exp-Golomb code within {@code min} and {@code max}. */
  int se(int min, int max, String name) throws MalformedImageException {
    int code = ue(Integer.MAX_VALUE - 1, name);
    int value = (code & 1) != 0 ? (code + 1) >> 1 : -(code >> 1);
    if (value < min || value > max) {
      throw malformed(name + " is out of range");
    }
    return value;
  }

  /** Returns the position after {@code byte_alignment()}, in bytes. */
  int alignedPosition() throws MalformedImageException {
    if (!flag()) {
      throw malformed("the slice header is not followed by its alignment bit");
    }
    return (int) ((position + 7) >> 3);
  }

  MalformedImageException malformed(String reason) {
    return Malformed.at(offset, reason);
  }
}
