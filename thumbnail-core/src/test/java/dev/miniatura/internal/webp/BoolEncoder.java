package dev.miniatura.internal.webp;

import java.util.Arrays;

/** Encodes bools of given probability (RFC 6386, section 7.3). */
final class BoolEncoder {

  private byte[] bytes = new byte[64];
  private int size;
  private long low; // 32 bits, of which the upper ones are complete
  private int range = 255;
  private int missing = 24; // shifts until the uppermost byte is complete

  BoolEncoder bit(int probability, int bit) {
    int split = 1 + (((range - 1) * probability) >> 8);
    if (bit == 0) {
      range = split;
    } else {
      low += split;
      range -= split;
    }
    while (range < 128) {
      range <<= 1;
      shift();
    }
    return this;
  }

  BoolEncoder flag(boolean flag) {
    return bit(128, flag ? 1 : 0);
  }

  BoolEncoder literal(int count, int number) {
    for (int i = count - 1; i >= 0; i--) {
      bit(128, number >> i & 1);
    }
    return this;
  }

  /** Encodes a flag, then the number and its sign if it is not 0. */
  BoolEncoder optionalSigned(int count, int number) {
    flag(number != 0);
    return number == 0 ? this : literal(count, Math.abs(number)).flag(number < 0);
  }

  /** Returns all bytes. */
  byte[] finish() {
    for (int i = 0; i < 32; i++) {
      shift();
    }
    return Arrays.copyOf(bytes, size);
  }

  private void shift() {
    if ((low >>> 31 & 1) != 0) {
      carry();
    }
    low = low << 1 & 0xffffffffL;
    missing--;
    if (missing == 0) {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * size);
      }
      bytes[size++] = (byte) (low >>> 24);
      low &= 0xffffff;
      missing = 8;
    }
  }

  private void carry() {
    int at = size - 1;
    while (bytes[at] == (byte) 255) {
      bytes[at--] = 0;
    }
    bytes[at]++;
  }
}
