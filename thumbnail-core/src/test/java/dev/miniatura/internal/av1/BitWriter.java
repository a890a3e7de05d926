package dev.miniatura.internal.av1;

import java.io.ByteArrayOutputStream;

/** Writes the descriptors of AV1's headers (clause 4.10). */
final class BitWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int current;
  private int count;

  void bits(int width, int value) {
    for (int i = width - 1; i >= 0; i--) {
      current = current << 1 | (value >> i & 1);
      if (++count == 8) {
        out.write(current);
        count = 0;
        current = 0;
      }
    }
  }

  void flag(boolean value) {
    bits(1, value ? 1 : 0);
  }

  /** Writes delta_coded and delta_q, or another optional su(7). */
  void optionalSigned(int value) {
    flag(value != 0);
    if (value != 0) {
      bits(7, value & 127);
    }
  }

  void align() {
    while (count != 0) {
      bits(1, 0);
    }
  }

  /** Writes trailing_bits( ). */
  void trail() {
    bits(1, 1);
    align();
  }

  void bytes(byte[] bytes) {
    out.writeBytes(bytes);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  /** Returns an OBU with its size. */
  static byte[] obu(int type, byte[] payload) {
    BitWriter out = new BitWriter();
    out.bits(8, type << 3 | 2);
    return out.sized(payload);
  }

  /** Returns an OBU of a spatial layer, with its size. */
  static byte[] layerObu(int type, int layer, byte[] payload) {
    BitWriter out = new BitWriter();
    out.bits(8, type << 3 | 4 | 2);
    out.bits(8, layer << 3);
    return out.sized(payload);
  }

  private byte[] sized(byte[] payload) {
    int size = payload.length;
    do {
      bits(8, (size & 127) | (size > 127 ? 128 : 0));
      size >>= 7;
    } while (size > 0);
    bytes(payload);
    return toByteArray();
  }
}
