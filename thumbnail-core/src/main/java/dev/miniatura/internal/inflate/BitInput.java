package dev.miniatura.internal.inflate;

import dev.miniatura.MalformedImageException;
import java.io.IOException;

/**
 * Reads bits from a compressed stream, least significant bit of each byte first (RFC 1951, section
 * 3.1.1). This is the careful reader: one byte at a time, across segments. {@link ZlibWindow} reads
 * in longer strides while a segment has enough bytes left, and preserves the invariant of {@link
 * #bits} and {@link #count}: bits above {@code count} are zero.
 */
final class BitInput {

  /**
   * The stream ended although more bits were needed. Has no stack trace, because it never surfaces.
   */
  static final class EndOfInput extends Exception {
    private static final long serialVersionUID = 1L;

    EndOfInput() {
      super("end of compressed data", null, false, false);
    }
  }

  final CompressedInput source;

  /** Available bits, the next one in the lowest place. */
  long bits;

  /** Number of available bits, 0 to 63. */
  int count;

  BitInput(CompressedInput source) {
    this.source = source;
  }

  /** Adds one byte to the available bits, of which there may be at most 55. */
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

  /** Drops {@code n} available bits. */
  void drop(int n) {
    bits >>>= n;
    count -= n;
  }

  /** Drops the bits up to the next byte boundary. */
  void align() {
    drop(count & 7);
  }

  /** Returns an error at the byte that contains the next bit. */
  MalformedImageException malformed(String reason) {
    return new MalformedImageException(
        source.format(), source.offset() - (count + 7) / 8, "compressed data: " + reason);
  }
}
