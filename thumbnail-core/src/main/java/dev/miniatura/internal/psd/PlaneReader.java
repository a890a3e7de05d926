package dev.miniatura.internal.psd;

import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.Arrays;

/** Reads the rows of one channel, stored raw or run-length encoded (PackBits). */
final class PlaneReader implements PlaneRows {

  private static final int BUFFER = 16 << 10;

  private final SourceBytes bytes;
  private final int rowBytes;
  private final byte[] buffer = new byte[BUFFER];
  private long bufferStart;
  private int buffered;
  private long at; // of the next row
  private final long counts; // position of the lengths of encoded rows, or −1
  private final int countBytes; // bytes of such a length
  private int y;

  private PlaneReader(SourceBytes bytes, int rowBytes, long start, long counts, int countBytes) {
    this.bytes = bytes;
    this.rowBytes = rowBytes;
    this.at = start;
    this.counts = counts;
    this.countBytes = countBytes;
  }

  /** Returns the bytes of memory that a reader takes. */
  static long workingBytes() {
    return BUFFER;
  }

  /** Returns a reader of raw rows. */
  static PlaneReader raw(SourceBytes bytes, int rowBytes, long start) {
    return new PlaneReader(bytes, rowBytes, start, -1, 0);
  }

  /**
   * Returns a reader of encoded rows.
   *
   * @param counts position of the length of the first row
   * @param wide whether lengths have four bytes rather than two
   */
  static PlaneReader packed(
      SourceBytes bytes, int rowBytes, long start, long counts, boolean wide) {
    return new PlaneReader(bytes, rowBytes, start, counts, wide ? 4 : 2);
  }

  @Override
  public void skip() throws IOException {
    at += counts < 0 ? rowBytes : count(bytes, counts + (long) y * countBytes, countBytes);
    y++;
  }

  /** Reads the length of a row. */
  static long count(SourceBytes bytes, long at, int size) throws IOException {
    long count = 0;
    for (int i = 0; i < size; i++) {
      count = count << 8 | Math.max(0, bytes.at(at + i));
    }
    return count;
  }

  @Override
  public int read(byte[] row) throws IOException {
    long start = at;
    skip();
    return counts < 0 ? copy(start, row) : unpack(start, at, row);
  }

  private int copy(long start, byte[] row) throws IOException {
    return Math.max(0, bytes.read(start, row, 0, rowBytes));
  }

  private int unpack(long start, long end, byte[] row) throws IOException {
    long from = start;
    int to = 0;
    while (to < rowBytes && from < end) {
      int header = (byte) byteAt(from++);
      if (header == -128) {
        continue;
      }
      int count = Math.min(rowBytes - to, header < 0 ? 1 - header : 1 + header);
      if (header < 0) {
        int value = byteAt(from++);
        if (value < 0) {
          break;
        }
        Arrays.fill(row, to, to + count, (byte) value);
        to += count;
      } else {
        for (int i = 0; i < count; i++) {
          int value = byteAt(from++);
          if (value < 0) {
            return to;
          }
          row[to++] = (byte) value;
        }
      }
    }
    return to;
  }

  private int byteAt(long position) throws IOException {
    long index = position - bufferStart;
    if (index < 0 || index >= buffered) {
      buffered = Math.max(0, bytes.read(position, buffer, 0, BUFFER));
      bufferStart = position;
      if (buffered == 0) {
        return -1;
      }
      index = 0;
    }
    return buffer[(int) index] & 0xff;
  }
}
