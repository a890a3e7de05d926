package dev.miniatura.internal.io;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.internal.io.MemoryBudget.Reservation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * The bytes of a source at any position, of which no more is read than is asked for. A file is read
 * in blocks; a stream is read forward, and kept.
 */
public abstract class SourceBytes {

  private static final int MAX_SLICE = 16 << 20;

  /** The bytes at hand. */
  byte[] block;

  /** Position in the source of the first of them. */
  long start;

  /** How many there are. */
  int size;

  private SourceBytes(byte[] block, int size) {
    this.block = block;
    this.size = size;
  }

  /** Returns bytes in memory, which are not copied. */
  public static SourceBytes of(byte[] bytes) {
    return new InMemory(bytes);
  }

  /** Makes the byte at a position be at hand; returns whether there is one. */
  abstract boolean load(long position) throws IOException;

  /** Returns the length in bytes, or −1 if it is not known yet. */
  public abstract long length() throws IOException;

  /**
   * Returns the bytes of memory that the source takes while it is decoded from here: none of its
   * own if the caller holds it.
   */
  public abstract long heldBytes() throws IOException;

  /** Returns the bytes of memory that {@link #all} takes, as far as is known. */
  public abstract long wholeBytes() throws IOException;

  /**
   * Returns the whole source. What was kept of it until now is let go.
   *
   * @throws LimitExceededException if it takes more than one source may
   */
  public abstract byte[] all() throws IOException;

  /** Returns the byte at a position, 0 to 255, or −1 beyond the end. */
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
   * no more than {@value #MAX_SLICE}, for what a file claims to have of metadata may be anything.
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

  /** Returns a position, or the end of the source if that is before. */
  public abstract long reach(long position) throws IOException;

  private static int arrayLength(long bytes, Reservation memory) throws LimitExceededException {
    if (bytes > Math.min(memory.most(), InputWindow.MAX_ARRAY)) {
      throw new LimitExceededException(Limits.Kind.WORKING_BYTES, memory.most(), bytes);
    }
    return (int) bytes;
  }

  /** Some of a source's bytes as a stream. */
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

    InMemory(byte[] bytes) {
      super(bytes, bytes.length);
    }

    @Override
    boolean load(long position) {
      return false;
    }

    @Override
    public long length() {
      return size;
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
      return block;
    }

    @Override
    public long reach(long position) {
      return Math.min(position, size);
    }
  }

  /** Blocks where bytes are asked for, larger ones as long as that goes forward. */
  static final class OfFile extends SourceBytes {

    private static final int BLOCKS = 4;
    private static final int MIN_BLOCK = 4 << 10;
    private static final int MAX_BLOCK = InputWindow.WINDOW_BYTES;

    private record Block(
        @SuppressWarnings("ArrayRecordComponent") byte[] bytes, long start, int size) {
      boolean has(long position) {
        return position >= start && position < start + size;
      }
    }

    private final SeekableByteChannel channel;
    private final Reservation memory;
    private final Deadline deadline;
    private final Block[] recent = new Block[BLOCKS];
    private int oldest;

    /**
     * Creates the bytes of a file.
     *
     * @param prefix those that were read already
     */
    OfFile(SeekableByteChannel channel, byte[] prefix, Reservation memory, Deadline deadline) {
      super(prefix, prefix.length);
      this.channel = channel;
      this.memory = memory;
      this.deadline = deadline;
      Arrays.fill(recent, new Block(prefix, 0, prefix.length));
      oldest = 1;
    }

    @Override
    boolean load(long position) throws IOException {
      for (Block each : recent) {
        if (each.has(position)) {
          show(each);
          return true;
        }
      }
      deadline.check();
      boolean forward = position == start + size;
      int length = forward ? Math.min(MAX_BLOCK, Math.max(MIN_BLOCK, 2 * size)) : MIN_BLOCK;
      byte[] bytes = new byte[length];
      int count = fill(position, bytes);
      if (count == 0) {
        return false;
      }
      Block read = new Block(bytes, position, count);
      recent[oldest] = read;
      oldest = (oldest + 1) % BLOCKS;
      show(read);
      return true;
    }

    private void show(Block next) {
      block = next.bytes;
      start = next.start;
      size = next.size;
    }

    /** The channel's own buffer outlives the read, so that no read may be larger than a block. */
    private int fill(long position, byte[] target) throws IOException {
      channel.position(position);
      int filled = 0;
      int count = 0;
      while (filled < target.length && count >= 0) {
        int length = Math.min(target.length - filled, MAX_BLOCK);
        count = channel.read(ByteBuffer.wrap(target, filled, length));
        filled += Math.max(count, 0);
        deadline.check();
      }
      return filled;
    }

    @Override
    public long length() throws IOException {
      return channel.size();
    }

    @Override
    public long heldBytes() {
      return (long) BLOCKS * MAX_BLOCK;
    }

    @Override
    public long wholeBytes() throws IOException {
      return length();
    }

    @Override
    public byte[] all() throws IOException {
      byte[] all = new byte[arrayLength(length(), memory)];
      memory.keep(all.length);
      int count = fill(0, all);
      return count == all.length ? all : Arrays.copyOf(all, count);
    }

    @Override
    public long reach(long position) throws IOException {
      return Math.min(position, length());
    }
  }

  /** What was read of a stream, in segments. */
  static final class OfStream extends SourceBytes {

    private static final int SEGMENT = InputWindow.WINDOW_BYTES;

    private final InputWindow stream;
    private final OptionalLong declared;
    private final Reservation memory;
    private final List<byte[]> segments = new ArrayList<>();
    private long held;
    private boolean ended;

    /**
     * Creates the bytes of a stream.
     *
     * @param stream which is at the source's start
     * @param declared the length, if the source tells it
     */
    OfStream(InputWindow stream, OptionalLong declared, Reservation memory) {
      super(new byte[0], 0);
      this.stream = stream;
      this.declared = declared;
      this.memory = memory;
    }

    @Override
    boolean load(long position) throws IOException {
      readTo(position + 1);
      if (position >= held) {
        return false;
      }
      int index = (int) (position / SEGMENT);
      block = segments.get(index);
      start = (long) index * SEGMENT;
      size = (int) Math.min(SEGMENT, held - start);
      return true;
    }

    private void readTo(long position) throws IOException {
      while (held < position && !ended) {
        int filled = (int) (held % SEGMENT);
        if (filled == 0 && held / SEGMENT == segments.size()) {
          memory.keep(SEGMENT);
          segments.add(new byte[SEGMENT]);
        }
        byte[] last = segments.get(segments.size() - 1);
        int count = stream.read(last, filled, SEGMENT - filled);
        ended = count < 0;
        held += Math.max(count, 0);
      }
    }

    @Override
    public long length() {
      return ended ? held : declared.orElse(-1);
    }

    @Override
    public long heldBytes() {
      long bytes = Math.max(held, length());
      return (bytes + SEGMENT - 1) / SEGMENT * SEGMENT;
    }

    @Override
    public long wholeBytes() {
      return heldBytes();
    }

    @Override
    public byte[] all() throws IOException {
      readTo(Long.MAX_VALUE);
      byte[] all = new byte[arrayLength(held, memory)];
      for (int i = 0; i < segments.size(); i++) {
        int from = i * SEGMENT;
        System.arraycopy(segments.get(i), 0, all, from, Math.min(SEGMENT, all.length - from));
        segments.set(i, new byte[0]);
      }
      held = 0;
      return all;
    }

    @Override
    public long reach(long position) throws IOException {
      readTo(position);
      return Math.min(position, held);
    }
  }
}
