package dev.miniatura.internal.bmp;

import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;

/** Uncompressed rows, several of which are read at once. */
final class StoredRows implements BmpDecoder.Rows {

  private static final int AT_ONCE = 64 << 10; // bytes

  private final SourceBytes bytes;
  private final BmpHeader header;
  private final Deadline deadline;
  private final int rowBytes;
  private final byte[] stored; // rows in the order of the file
  private int first = -1; // number of the first row in the file
  private int length; // bytes
  private int offset;

  StoredRows(SourceBytes bytes, BmpHeader header, Deadline deadline) {
    this.bytes = bytes;
    this.header = header;
    this.deadline = deadline;
    rowBytes = Math.toIntExact(header.rowBytes());
    stored = new byte[atOnce(header) * rowBytes];
  }

  private static int atOnce(BmpHeader header) {
    return (int) Math.max(1, Math.min(header.height(), AT_ONCE / header.rowBytes()));
  }

  /** Returns the bytes of memory that reading takes. */
  static long workingBytes(BmpHeader header) {
    return atOnce(header) * header.rowBytes();
  }

  @Override
  public int read(int y) throws IOException {
    int number = header.topDown() ? y : header.height() - 1 - y;
    if (first < 0 || number < first || number >= first + atOnce(header)) {
      load(number);
    }
    offset = (number - first) * rowBytes;
    long there = Math.max(0, Math.min(rowBytes, length - offset));
    return (int) Math.min(header.width(), there * 8 / header.bits());
  }

  /** Reads a row, together with those that follow it in the picture. */
  private void load(int number) throws IOException {
    deadline.check();
    int count = atOnce(header);
    first = header.topDown() ? number : Math.max(0, number - count + 1);
    long at = header.dataStart() + (long) first * rowBytes;
    length = Math.max(0, bytes.read(at, stored, 0, stored.length));
  }

  @Override
  public byte[] array() {
    return stored;
  }

  @Override
  public int offset() {
    return offset;
  }
}
