package dev.miniatura.internal.io;

import dev.miniatura.internal.io.MemoryBudget.Reservation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A file, read in blocks around requested bytes, with larger blocks while reading forward. */
final class FileBytes extends SourceBytes {

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
   * @param prefix the bytes that were already read
   */
  FileBytes(SeekableByteChannel channel, byte[] prefix, Reservation memory, Deadline deadline) {
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

  /**
   * Reads bytes. The channel's own buffer outlives the read, so no read may be larger than a block.
   */
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
