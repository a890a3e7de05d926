package dev.miniatura.internal.io;

import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.internal.io.MemoryBudget.Reservation;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A window that moves forward over a source's bytes. Decoders read {@link #array} between {@link
 * #position} and {@link #limit} directly and call {@link #require} for more.
 *
 * <p>Over bytes in memory the window is the caller's array itself, never written to. Over a stream
 * it is a buffer of {@value #WINDOW_BYTES} bytes that grows only if {@link #require} needs more
 * than that, or while {@link #keep} holds the bytes read so far for {@link #rewind}.
 */
public final class InputWindow implements Closeable {

  /**
   * The size of the buffer over a stream: large enough to make a read from a disk or socket cheap.
   * It is also the maximum size of one read, because the JDK keeps an off-heap buffer per thread as
   * large as its largest read.
   */
  static final int WINDOW_BYTES = 64 << 10;

  /** The maximum number of bytes held at once; arrays cannot be much longer. */
  static final int MAX_ARRAY = Integer.MAX_VALUE - 64;

  /** The bytes; only {@code [position, limit)} may be read. */
  public byte[] array;

  /** Index of the next unread byte; decoders advance it, never beyond {@link #limit}. */
  public int position;

  /** Index after the last available byte. */
  public int limit;

  private final InputStream stream;
  private final @Nullable SeekableByteChannel
      channel; // of the stream, if it can be read at any position
  private final OptionalLong length;
  private final boolean inMemory;
  private final Limits limits;
  private final Deadline deadline;
  private final Reservation memory;
  private long base; // offset in the source of array[0]
  private int mark; // position for rewind
  private boolean keep;
  private boolean ended;

  private InputWindow(
      byte[] array,
      InputStream stream,
      @Nullable SeekableByteChannel channel,
      OptionalLong length,
      boolean inMemory,
      Limits limits,
      Deadline deadline,
      Reservation memory) {
    this.array = array;
    this.limit = inMemory ? array.length : 0;
    this.stream = stream;
    this.channel = channel;
    this.length = length;
    this.inMemory = inMemory;
    this.ended = inMemory;
    this.limits = limits;
    this.deadline = deadline;
    this.memory = memory;
  }

  /** Opens a source with its own memory budget, as much as the limits allow. */
  public static InputWindow open(ImageSource source, Limits limits, Deadline deadline)
      throws IOException {
    MemoryBudget own = new MemoryBudget(limits.workingBytes());
    return open(source, limits, deadline, own.open(own.capacity(), limits.time(), deadline));
  }

  /**
   * Opens a source.
   *
   * @param memory charged for the buffered part of the source; closed by the caller
   */
  public static InputWindow open(
      ImageSource source, Limits limits, Deadline deadline, Reservation memory) throws IOException {
    OptionalLong length = source.length();
    if (length.orElse(0) > limits.sourceBytes()) {
      throw new LimitExceededException(
          Limits.Kind.SOURCE_BYTES, limits.sourceBytes(), length.orElse(0));
    }
    if (source instanceof BytesSource bytes) {
      return new InputWindow(
          bytes.bytes(),
          InputStream.nullInputStream(),
          null,
          length,
          true,
          limits,
          deadline,
          memory);
    }
    byte[] window = new byte[WINDOW_BYTES];
    SeekableByteChannel channel =
        source instanceof ChannelSource file ? file.openChannel().orElse(null) : null;
    InputStream stream = channel == null ? source.open() : Channels.newInputStream(channel);
    return new InputWindow(window, stream, channel, length, false, limits, deadline, memory);
  }

  /** Returns a window over bytes in memory, for a decoder of parts of this source. */
  public InputWindow over(byte[] bytes) {
    return new InputWindow(
        bytes,
        InputStream.nullInputStream(),
        null,
        OptionalLong.of(bytes.length),
        true,
        limits,
        deadline,
        memory);
  }

  /**
   * Returns the bytes of the source at any position; afterwards this window must not be read. It
   * must be at the source's start.
   */
  public SourceBytes bytes() {
    if (offset() != 0) {
      throw new IllegalStateException("at byte " + offset());
    }
    if (inMemory) {
      return SourceBytes.of(array);
    }
    return channel == null
        ? new StreamBytes(this, length, memory)
        : new FileBytes(channel, Arrays.copyOfRange(array, position, limit), memory, deadline);
  }

  /**
   * Returns the bytes as {@link #bytes} does, for a decoder that knows which of them it needs. Of a
   * source read in ranges, long gaps between those are left out.
   */
  public SourceBytes neededBytes() {
    if (offset() == 0 && length.isPresent() && stream instanceof RangedInput ranges) {
      byte[] prefix = Arrays.copyOfRange(array, position, limit);
      return new RangedBytes(stream, ranges, prefix, length.getAsLong(), memory, deadline);
    }
    return bytes();
  }

  /** Returns whether {@link #array} is the whole source, and remains so. */
  public boolean isInMemory() {
    return inMemory;
  }

  /** Returns the deadline for the source. */
  public Deadline deadline() {
    return deadline;
  }

  /** Returns the offset in the source of the next unread byte. */
  public long offset() {
    return base + position;
  }

  /** Returns the number of available unread bytes. */
  public int available() {
    return limit - position;
  }

  /**
   * Makes at least {@code count} unread bytes available, reading as needed; fewer are available
   * afterwards only if the source ends. Indexes into {@link #array} are invalid after this call.
   *
   * @return the number of available unread bytes
   */
  public int require(int count) throws IOException {
    if (limit - position >= count || ended) {
      return limit - position;
    }
    deadline.check();
    makeRoom(count);
    while (limit - position < count) {
      int read = stream.read(array, limit, Math.min(WINDOW_BYTES, array.length - limit));
      if (read < 0) {
        ended = true;
        break;
      }
      limit += read;
      if (base + limit > limits.sourceBytes()) {
        throw new LimitExceededException(
            Limits.Kind.SOURCE_BYTES, limits.sourceBytes(), base + limit);
      }
    }
    return limit - position;
  }

  private void makeRoom(int count) throws IOException {
    if (!keep && position > 0) {
      System.arraycopy(array, position, array, 0, limit - position);
      base += position;
      limit -= position;
      position = 0;
    }
    long needed = (long) position + count;
    if (needed > MAX_ARRAY) {
      throw new LimitExceededException(Limits.Kind.WORKING_BYTES, MAX_ARRAY, needed);
    }
    if (needed > array.length || limit == array.length) {
      int grown = (int) Math.max(needed, Math.min(MAX_ARRAY, 2L * array.length));
      memory.keep(grown - array.length);
      array = Arrays.copyOf(array, grown);
    }
  }

  /** Skips up to {@code count} bytes; fewer are skipped only if the source ends. */
  public long skip(long count) throws IOException {
    long left = count;
    while (left > 0) {
      int step = (int) Math.min(left, limit - position);
      position += step;
      left -= step;
      if (left > 0 && require(1) == 0) {
        break;
      }
    }
    return count - left;
  }

  /** Returns the next byte, 0 to 255, or −1 at the end of the source. */
  public int read() throws IOException {
    if (position == limit && require(1) == 0) {
      return -1;
    }
    return array[position++] & 0xff;
  }

  /** Keeps every byte from here on, so that {@link #rewind} can return to this position. */
  public void keep() {
    if (!inMemory && position > 0) {
      System.arraycopy(array, position, array, 0, limit - position);
      base += position;
      limit -= position;
      position = 0;
    }
    keep = true;
    mark = position;
  }

  /** Returns to the position at which {@link #keep} was called. */
  public void rewind() {
    if (!keep) {
      throw new IllegalStateException("nothing was kept");
    }
    position = mark;
  }

  /** Releases the bytes held by {@link #keep}. */
  public void release() {
    keep = false;
  }

  /** Reads up to {@code length} bytes; returns how many, or −1 at the end of the source. */
  int read(byte[] target, int offset, int length) throws IOException {
    if (require(1) == 0) {
      return -1;
    }
    int count = Math.min(length, available());
    System.arraycopy(array, position, target, offset, count);
    position += count;
    return count;
  }

  /** Checks the deadline; for decoders that work a long time on available bytes. */
  public void checkDeadline() throws IOException {
    deadline.check();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
