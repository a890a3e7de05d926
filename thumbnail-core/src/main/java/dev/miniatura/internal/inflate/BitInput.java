package dev.miniatura.internal.inflate;

import dev.miniatura.MalformedImageException;
import java.io.IOException;

/**
 * Takes bits off a compressed stream, least significant bit of each byte first (RFC 1951, section
 * 3.1.1). The careful reader: one byte at a time, across segments. {@link ZlibWindow} reads in
 * longer strides where a segment has enough bytes left, and keeps {@link #bits} and {@link #count}
 * as it found them: bits above {@code count} are zero.
 */
final class BitInput {

  /** The stream ended where more bits were needed. Carries no stack trace: it never surfaces. */
  static final class EndOfInput extends Exception {
    private static final long serialVersionUID = 1L;

    EndOfInput() {
      super("end of compressed data", null, false, false);
    }
  }

  final CompressedInput source;

  /** Bits at hand, the next one lowest. */
  long bits;

  /** Number of bits at hand, 0 to 63. */
  int count;

  BitInput(CompressedInput source) {
    this.source = source;
  }

  /** Adds one byte to the bits at hand; at most 55 may be there. */
  void pull() throws IOException, EndOfInput {
    while (source.position == source.limit) {
      if (!source.next()) {
        throw new EndOfInput();
      }
    }
    bits |= (source.array[source.position++] & 0xffL) << count;
    count += 8;
  }

  /** Takes {@code n} bits, 0 to 16, as an unsigned number. */
  int take(int n) throws IOException, EndOfInput {
    while (count < n) {
      pull();
    }
    int value = (int) bits & ((1 << n) - 1);
    drop(n);
    return value;
  }

  /** Drops {@code n} of the bits at hand. */
  void drop(int n) {
    bits >>>= n;
    count -= n;
  }

  /** Drops the bits up to the next byte boundary. */
  void align() {
    drop(count & 7);
  }

  /** Returns an error at the byte that holds the next bit. */
  MalformedImageException malformed(String reason) {
    return new MalformedImageException(
        source.format(), source.offset() - (count + 7) / 8, "compressed data: " + reason);
  }
}
