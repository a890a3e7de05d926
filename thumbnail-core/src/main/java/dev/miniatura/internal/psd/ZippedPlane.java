package dev.miniatura.internal.psd;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.inflate.CompressedInput;
import dev.miniatura.internal.inflate.ZlibWindow;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;

/**
 * Reads the rows of one channel where all channels are one zlib stream, one after the other. Each
 * reader decompresses the channels before its own, and drops them. If rows are predicted, samples
 * are differences from the one to the left; those of 32 bits are stored as bytes, the highest of
 * all samples first, and it is these bytes that are differences.
 */
final class ZippedPlane implements PlaneRows {

  private static final int BLOCK = 16 << 10;

  private final ZlibWindow window;
  private final int rowBytes;
  private final int depth;
  private final boolean predicted;
  private final byte[] bytewise;
  private long toSkip;
  private boolean ended;

  /**
   * Starts at a channel.
   *
   * @param start position of the stream
   * @param before number of rows before those of the channel
   * @param depth bits of a sample
   */
  ZippedPlane(
      SourceBytes bytes, int rowBytes, long start, long before, int depth, boolean predicted) {
    this.rowBytes = rowBytes;
    this.depth = depth;
    this.predicted = predicted;
    bytewise = new byte[predicted && depth == 32 ? rowBytes : 0];
    window = new ZlibWindow(new Stream(bytes, start), BLOCK);
    toSkip = before * rowBytes;
  }

  /** Returns the bytes of memory that a reader takes, besides a row. */
  static long workingBytes() {
    return ZlibWindow.bytes(BLOCK) + BLOCK;
  }

  /** The stream, in blocks. */
  private static final class Stream extends CompressedInput {

    private final SourceBytes bytes;
    private long at;

    Stream(SourceBytes bytes, long start) {
      super(Container.PSD.name());
      this.bytes = bytes;
      at = start;
      array = new byte[BLOCK];
    }

    @Override
    public boolean next() throws IOException {
      position = 0;
      limit = Math.max(0, bytes.read(at, array, 0, BLOCK));
      at += limit;
      return limit > 0;
    }

    @Override
    public long offset() {
      return at - (limit - position);
    }
  }

  @Override
  public void skip() {
    toSkip += rowBytes;
  }

  @Override
  public int read(byte[] row) throws IOException {
    while (toSkip > 0 && !ended) {
      int count = available((int) Math.min(toSkip, BLOCK));
      window.position += count;
      toSkip -= count;
    }
    int length = 0;
    while (length < rowBytes && !ended) {
      int count = available(Math.min(rowBytes - length, BLOCK));
      System.arraycopy(window.array, window.position, row, length, count);
      window.position += count;
      length += count;
    }
    return predicted ? restore(row, length) : length;
  }

  /** Returns how many bytes are available; damaged data ends where the damage begins. */
  private int available(int wanted) throws IOException {
    int count;
    try {
      count = window.require(wanted);
    } catch (MalformedImageException e) {
      count = window.limit - window.position;
    }
    ended = count < wanted;
    return Math.min(wanted, count);
  }

  private int restore(byte[] row, int length) {
    if (depth == 32) {
      return length < rowBytes ? 0 : join(row);
    }
    int size = depth == 16 ? 2 : 1;
    for (int at = size; at + size <= length; at += size) {
      int carry = 0;
      for (int i = at + size - 1; i >= at; i--) {
        int sum = (row[i] & 0xff) + (row[i - size] & 0xff) + carry;
        row[i] = (byte) sum;
        carry = sum >> 8;
      }
    }
    return length;
  }

  private int join(byte[] row) {
    int samples = rowBytes / 4;
    int sum = 0;
    for (int i = 0; i < rowBytes; i++) {
      sum += row[i];
      bytewise[i % samples * 4 + i / samples] = (byte) sum;
    }
    System.arraycopy(bytewise, 0, row, 0, rowBytes);
    return rowBytes;
  }
}
