package dev.miniatura.internal.io;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.internal.io.MemoryBudget.Reservation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * The bytes of a source at any position, of which no more is read than requested. A file is read in
 * blocks; a stream is read forward, and buffered.
 */
public abstract class SourceBytes {

  private static final int MAX_SLICE = 16 << 20;

  /** The available bytes. */
  byte[] block;

  /** Position in the source of {@code block[0]}. */
  long start;

  /** Number of bytes in {@link #block} that are available. */
  int size;

  SourceBytes(byte[] block, int size) {
    this.block = block;
    this.size = size;
  }

  /** Returns bytes in memory, which are not copied. */
  public static SourceBytes of(byte[] bytes) {
    return new InMemory(bytes, 0, bytes.length);
  }

  /** Returns the bytes from {@code from} to {@code to} of an array, which are not copied. */
  public static SourceBytes of(byte[] bytes, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    return new InMemory(bytes, from, to);
  }

  /** Makes the byte at a position available; returns whether there is one. */
  abstract boolean load(long position) throws IOException;

  /** Returns the length in bytes, or −1 if it is not known yet. */
  public abstract long length() throws IOException;

  /**
   * Returns the bytes of memory that the source takes while it is decoded: none if the caller holds
   * them.
   */
  public abstract long heldBytes() throws IOException;

  /** Returns the bytes of memory that {@link #all} takes, as far as known. */
  public abstract long wholeBytes() throws IOException;

  /**
   * Returns the whole source. The part buffered until now is released.
   *
   * @throws LimitExceededException if it takes more than the limit for one source
   */
  public abstract byte[] all() throws IOException;

  /**
   * Tells that the bytes from {@code from} to {@code to} will be read, and not what is beside them.
   */
  public void willRead(long from, long to) {}

  /** Returns the byte at a position, which is not negative: 0 to 255, or −1 beyond the end. */
  public final int at(long position) throws IOException {
    long index = position - start;
    if (index < 0 || index >= size) {
      if (!load(position)) {
        return -1;
      }
      index = position - start;
    }
    return block[(int) index] & 0xff;
  }

  /** Copies bytes, and returns how many there were, or −1 if the source ends at the position. */
  public final int read(long position, byte[] target, int offset, int length) throws IOException {
    int copied = 0;
    while (copied < length && at(position + copied) >= 0) {
      int from = (int) (position + copied - start);
      int count = Math.min(length - copied, size - from);
      System.arraycopy(block, from, target, offset + copied, count);
      copied += count;
    }
    return copied == 0 && length > 0 ? -1 : copied;
  }

  /**
   * Returns a copy of the bytes from {@code from} to {@code to}, or to the end if that is before;
   * no more than {@value #MAX_SLICE}, because a file may claim any length for its metadata.
   */
  public final byte[] slice(long from, long to) throws IOException {
    byte[] copy = new byte[(int) Math.max(0, Math.min(MAX_SLICE, reach(to) - from))];
    read(from, copy, 0, copy.length);
    return copy;
  }

  /** Returns the bytes from {@code from} to {@code to}, or to the end if that is before. */
  public final InputStream stream(long from, long to) {
    return new Region(this, from, to);
  }

  /** Returns a position, or the end of the source if that comes first. */
  public abstract long reach(long position) throws IOException;

  static int arrayLength(long bytes, Reservation memory) throws LimitExceededException {
    if (bytes > Math.min(memory.most(), InputWindow.MAX_ARRAY)) {
      throw new LimitExceededException(Limits.Kind.WORKING_BYTES, memory.most(), bytes);
    }
    return (int) bytes;
  }

  /** A range of a source's bytes as a stream. */
  private static final class Region extends InputStream {

    private final SourceBytes bytes;
    private long at;
    private final long end;

    Region(SourceBytes bytes, long start, long end) {
      this.bytes = bytes;
      at = start;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      return at < end ? bytes.at(at++) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = at < end ? bytes.read(at, target, offset, (int) Math.min(length, end - at)) : -1;
      at += Math.max(0, count);
      return count;
    }
  }

  private static final class InMemory extends SourceBytes {

    InMemory(byte[] bytes, int from, int to) {
      super(bytes, to);
      start = -from;
    }

    @Override
    boolean load(long position) {
      return false;
    }

    @Override
    public long length() {
      return size + start;
    }

    @Override
    public long heldBytes() {
      return 0;
    }

    @Override
    public long wholeBytes() {
      return 0;
    }

    @Override
    public byte[] all() {
      return start == 0 && size == block.length
          ? block
          : Arrays.copyOfRange(block, (int) -start, size);
    }

    @Override
    public long reach(long position) {
      return Math.min(position, length());
    }
  }
}
