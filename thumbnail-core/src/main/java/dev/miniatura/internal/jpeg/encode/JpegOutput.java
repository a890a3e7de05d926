package dev.miniatura.internal.jpeg.encode;

import java.util.ArrayList;
import java.util.List;

/**
 * The growing file: segments are written here, entropy-coded data by {@link EntropyWriter}. A full
 * buffer is kept and the next one begun, so that only joining them copies what is written.
 */
final class JpegOutput {

  /** The smallest buffer that follows the first. */
  private static final int MIN_BUFFER = 1 << 13;

  private final int nextCapacity;
  private final List<Full> full = new ArrayList<>(0);
  private int fullSize;
  private byte[] bytes;
  private int size;

  /** A buffer and the number of bytes written to it. */
  private record Full(@SuppressWarnings("ArrayRecordComponent") byte[] bytes, int size) {}

  JpegOutput(int capacity) {
    bytes = new byte[capacity];
    nextCapacity = nextCapacity(capacity);
  }

  private static int nextCapacity(int capacity) {
    return Math.max(MIN_BUFFER, capacity / 2);
  }

  /**
   * Returns the maximum number of bytes that the buffers of a file take.
   *
   * @param file size of the file in bytes
   * @param capacity of the first buffer
   * @param reserved the most bytes that are reserved at once
   */
  static long bufferBytes(long file, int capacity, int reserved) {
    long next = nextCapacity(capacity);
    return capacity + (file / Math.max(1, next - reserved) + 1) * next;
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

  /** Makes room for {@code length} more bytes, and returns for how many there is room. */
  int reserve(int length) {
    if (bytes.length - size < length) {
      full.add(new Full(bytes, size));
      fullSize = Math.addExact(fullSize, size);
      bytes = new byte[Math.max(nextCapacity, length)];
      size = 0;
    }
    return bytes.length - size;
  }

  /**
   * Returns the present buffer, of which {@link #size} bytes are written; valid until the next call
   * of {@link #reserve}.
   */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Sets the number of bytes of the present buffer that are written. */
  void size(int value) {
    size = value;
  }

  byte[] toByteArray() {
    byte[] file = new byte[Math.addExact(fullSize, size)];
    int at = 0;
    for (Full each : full) {
      System.arraycopy(each.bytes, 0, file, at, each.size);
      at += each.size;
    }
    System.arraycopy(bytes, 0, file, at, size);
    return file;
  }
}
