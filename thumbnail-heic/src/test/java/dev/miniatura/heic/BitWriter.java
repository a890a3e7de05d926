package dev.miniatura.heic;

import java.io.ByteArrayOutputStream;

/** Writes bits and Exp-Golomb codes, and wraps them in NAL units (H.265, 7.3.1, 9.2). */
final class BitWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int pending = 1;

  BitWriter u(int count, long value) {
    for (int i = count - 1; i >= 0; i--) {
      pending = pending << 1 | (int) (value >> i & 1);
      if (pending >= 256) {
        bytes.write(pending);
        pending = 1;
      }
    }
    return this;
  }

  BitWriter flag(boolean value) {
    return u(1, value ? 1 : 0);
  }

  BitWriter ue(int value) {
    int length = 31 - Integer.numberOfLeadingZeros(value + 1);
    return u(length, 0).u(length + 1, value + 1);
  }

  BitWriter se(int value) {
    return ue(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** Writes a one and zeros up to the next byte. */
  BitWriter align() {
    u(1, 1);
    return alignWithZeros();
  }

  BitWriter alignWithZeros() {
    while (pending != 1) {
      u(1, 0);
    }
    return this;
  }

  BitWriter bytes(byte[] more) {
    for (byte b : more) {
      u(8, b & 0xff);
    }
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** Inserts emulation prevention bytes. */
  static byte[] escape(byte[] rbsp) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int zeros = 0;
    for (byte b : rbsp) {
      if (zeros == 2 && (b & 0xff) <= 3) {
        out.write(3);
        zeros = 0;
      }
      out.write(b);
      zeros = b == 0 ? zeros + 1 : 0;
    }
    return out.toByteArray();
  }

  /** Returns a NAL unit with its header, without a start code. */
  static byte[] nal(int type, byte[] rbsp) {
    byte[] body = escape(rbsp);
    byte[] unit = new byte[body.length + 2];
    unit[0] = (byte) (type << 1);
    unit[1] = 1;
    System.arraycopy(body, 0, unit, 2, body.length);
    return unit;
  }
}
