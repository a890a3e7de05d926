package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/** Writes a bitstream, the least significant bit of each byte first (RFC 9649, section 3.2). */
final class BitWriter {

  private byte[] bytes = new byte[1 << 10];
  private int size;
  private long bits; // not yet in bytes
  private int count;

  /** Writes the lowest 0 to 32 bits of a value, which has no other bits set. */
  void put(int value, int length) {
    bits |= (value & 0xffffffffL) << count;
    count += length;
    while (count >= 8) {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * size);
      }
      bytes[size++] = (byte) bits;
      bits >>>= 8;
      count -= 8;
    }
  }

  /** Writes a flag. */
  void put(boolean flag) {
    put(flag ? 1 : 0, 1);
  }

  /** Writes everything in another writer. */
  void append(BitWriter other) {
    for (int i = 0; i < other.size; i++) {
      put(other.bytes[i] & 0xff, 8);
    }
    put((int) other.bits, other.count);
  }

  /** Returns the number of bits written. */
  long length() {
    return 8L * size + count;
  }

  /** Returns the bytes, the last one padded with zeros. */
  byte[] bytes() {
    byte[] all = Arrays.copyOf(bytes, size + (count + 7) / 8);
    if (count > 0) {
      all[size] = (byte) bits;
    }
    return all;
  }
}
