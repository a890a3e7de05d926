package dev.miniatura.internal.jpeg.encode;

import java.util.Arrays;

/** The growing file: segments are written here, entropy-coded data by {@link EntropyWriter}. */
final class JpegOutput {

  private byte[] bytes;
  private int size;

  JpegOutput(int capacity) {
    bytes = new byte[capacity];
  }

  /** Writes a marker that has no segment. */
  void marker(int code) {
    write(0xff);
    write(code);
  }

  /** Writes a marker and the length of the segment that follows, length field included. */
  void segment(int code, int length) {
    marker(code);
    write(length >> 8);
    write(length);
  }

  void write(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void write(byte[] values) {
    write(values, 0, values.length);
  }

  void write(byte[] values, int offset, int length) {
    reserve(length);
    System.arraycopy(values, offset, bytes, size, length);
    size += length;
  }

  /** Makes room for {@code length} more bytes. */
  void reserve(int length) {
    int needed = Math.addExact(size, length);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, Math.min(size, Integer.MAX_VALUE / 4) * 2));
    }
  }

  /** Returns the buffer, of which {@link #size} bytes are written; valid until it grows. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Sets the number of bytes of the buffer that are written. */
  void size(int value) {
    size = value;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }
}
