package dev.miniatura.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A growing byte array with a byte order, with which the writers of this package build files. */
final class ByteWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final boolean big;

  ByteWriter(ByteOrder order) {
    this.big = order == ByteOrder.BIG_ENDIAN;
  }

  static ByteWriter bigEndian() {
    return new ByteWriter(ByteOrder.BIG_ENDIAN);
  }

  static ByteWriter littleEndian() {
    return new ByteWriter(ByteOrder.LITTLE_ENDIAN);
  }

  int size() {
    return out.size();
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  ByteWriter u8(int value) {
    out.write(value);
    return this;
  }

  ByteWriter u16(int value) {
    return big ? u8(value >>> 8).u8(value) : u8(value).u8(value >>> 8);
  }

  ByteWriter u24(int value) {
    return big ? u8(value >>> 16).u16(value) : u16(value).u8(value >>> 16);
  }

  ByteWriter u32(int value) {
    return big ? u16(value >>> 16).u16(value) : u16(value).u16(value >>> 16);
  }

  ByteWriter ascii(String text) {
    return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  ByteWriter bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  ByteWriter bytes(byte[] bytes, int offset, int length) {
    out.write(bytes, offset, length);
    return this;
  }

  ByteWriter zeros(int count) {
    return bytes(new byte[count]);
  }
}
