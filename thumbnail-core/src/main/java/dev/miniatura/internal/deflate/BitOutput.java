package dev.miniatura.internal.deflate;

import dev.miniatura.internal.bytes.ByteViews;
import java.util.Arrays;

/** Growing bytes, written as bits, the lowest first (RFC 1951, section 3.1.1). */
final class BitOutput {

  byte[] bytes;
  int size;

  /** Bits that are not yet in bytes, and their number, at most 7 between calls. */
  long bits;

  int count;

  BitOutput(int capacity) {
    bytes = new byte[capacity + Long.BYTES];
  }

  /** Makes room for so many more bits, and for a whole long beyond. */
  void reserve(long more) {
    long needed = size + (count + more + 7) / 8 + Long.BYTES;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, bytes.length * 3L / 2)));
    }
  }

  /** Writes the lowest 0 to 32 bits of a value, which has no other bits set. */
  void put(long value, int length) {
    bits |= value << count;
    count += length;
    ByteViews.putLongLe(bytes, size, bits);
    size += count >>> 3;
    bits >>>= count & ~7;
    count &= 7;
  }

  /** Goes on at the next byte. */
  void align() {
    put(0, -count & 7);
  }

  /** Writes bytes, after {@link #align}. */
  void put(byte[] source, int from, int length) {
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }
}
