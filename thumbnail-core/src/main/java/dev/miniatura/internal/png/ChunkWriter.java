package dev.miniatura.internal.png;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A growing PNG file: the signature, then chunks (PNG 5.2, 5.3). */
final class ChunkWriter {

  private final ByteArrayOutputStream out;

  ChunkWriter(int capacity) {
    out = new ByteArrayOutputStream(capacity);
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
  }

  void write(String type, byte[] data) {
    write(type, data, data.length);
  }

  void write(String type, byte[] data, int length) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data, 0, length);
    writeInt(length);
    out.writeBytes(name);
    out.write(data, 0, length);
    writeInt((int) crc.getValue());
  }

  private void writeInt(int value) {
    out.write(value >>> 24);
    out.write(value >>> 16);
    out.write(value >>> 8);
    out.write(value);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
