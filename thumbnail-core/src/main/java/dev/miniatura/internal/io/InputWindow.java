package dev.miniatura.internal.io;

import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A window that moves forward over a source's bytes. Decoders read {@link #array} between {@link
 * #position} and {@link #limit} directly and call {@link #require} for more.
 *
 * <p>Over bytes in memory the window is the caller's array itself, never written to. Over a stream
 * it is a buffer of {@value #WINDOW_BYTES} bytes that grows only when {@link #require} asks for
 * more than that, or while {@link #keep} holds the bytes read so far for {@link #rewind}.
 */
public final class InputWindow implements Closeable {

  /**
   * Size of the buffer over a stream: large enough for one read of a disk or socket to be cheap.
   */
  static final int WINDOW_BYTES = 64 << 10;

  /** Most bytes held at once; arrays cannot be much longer. */
  private static final int GROW_LIMIT = Integer.MAX_VALUE - 64;

  /** The bytes; only {@code [position, limit)} may be read. */
  public byte[] array;

  /** Index of the next unread byte; decoders advance it, never beyond {@link #limit}. */
  public int position;

  /** Index after the last byte at hand. */
  public int limit;

  private final InputStream stream;
  private final boolean inMemory;
  private final Limits limits;
  private final Deadline deadline;
  private long base; // offset in the source of array[0]
  private int mark; // where rewind goes
  private boolean keep;
  private boolean ended;

  private InputWindow(
      byte[] array, int limit, InputStream stream, boolean inMemory, Limits limits, Deadline time) {
    this.array = array;
    this.limit = limit;
    this.stream = stream;
    this.inMemory = inMemory;
    this.ended = inMemory;
    this.limits = limits;
    this.deadline = time;
  }

  /** Opens a source. */
  public static InputWindow open(ImageSource source, Limits limits, Deadline deadline)
      throws IOException {
    long length = source.length().orElse(0);
    if (length > limits.sourceBytes()) {
      throw new LimitExceededException(Limits.Kind.SOURCE_BYTES, limits.sourceBytes(), length);
    }
    if (source instanceof BytesSource memory) {
      byte[] bytes = memory.bytes();
      return new InputWindow(
          bytes, bytes.length, InputStream.nullInputStream(), true, limits, deadline);
    }
    return new InputWindow(new byte[WINDOW_BYTES], 0, source.open(), false, limits, deadline);
  }

  /** Returns the offset in the source of the next unread byte. */
  public long offset() {
    return base + position;
  }

  /** Returns the number of unread bytes at hand. */
  public int available() {
    return limit - position;
  }

  /**
   * Makes at least {@code count} unread bytes available, reading as needed; fewer are available
   * afterwards only if the source ends. Indexes into {@link #array} are invalid after this call.
   *
   * @return the number of unread bytes at hand
   */
  public int require(int count) throws IOException {
    if (limit - position >= count || ended) {
      return limit - position;
    }
    deadline.check();
    makeRoom(count);
    while (limit - position < count) {
      int read = stream.read(array, limit, array.length - limit);
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

  private void makeRoom(int count) throws LimitExceededException {
    if (!keep && position > 0) {
      System.arraycopy(array, position, array, 0, limit - position);
      base += position;
      limit -= position;
      position = 0;
    }
    long needed = (long) position + count;
    if (needed > GROW_LIMIT) {
      throw new LimitExceededException(Limits.Kind.WORKING_BYTES, GROW_LIMIT, needed);
    }
    if (needed > array.length || limit == array.length) {
      array = Arrays.copyOf(array, (int) Math.max(needed, Math.min(GROW_LIMIT, 2L * array.length)));
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

  /**
   * Reads everything that is left.
   *
   * @param most largest number of bytes to hold
   */
  public byte[] readAll(long most) throws IOException {
    int atLeast = 1;
    while (require(atLeast) >= atLeast) {
      if (available() > most) {
        throw new LimitExceededException(Limits.Kind.WORKING_BYTES, most, available());
      }
      atLeast = available() + 1;
    }
    byte[] all = Arrays.copyOfRange(array, position, limit);
    position = limit;
    return all;
  }

  /** Returns the next byte, 0 to 255, or −1 at the end of the source. */
  public int read() throws IOException {
    if (position == limit && require(1) == 0) {
      return -1;
    }
    return array[position++] & 0xff;
  }

  /** Holds every byte from here on so that {@link #rewind} can come back to this position. */
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

  /** Goes back to where {@link #keep} was called. */
  public void rewind() {
    if (!keep) {
      throw new IllegalStateException("nothing was kept");
    }
    position = mark;
  }

  /** Lets go of what {@link #keep} held. */
  public void release() {
    keep = false;
  }

  /** Returns the rest of the window as a stream; reading it moves this window. */
  public InputStream asStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return InputWindow.this.read();
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (require(1) == 0) {
          return -1;
        }
        int count = Math.min(length, available());
        System.arraycopy(array, position, target, offset, count);
        position += count;
        return count;
      }
    };
  }

  /** Checks the time spent so far; for decoders that work long on bytes already at hand. */
  public void checkDeadline() throws LimitExceededException {
    deadline.check();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
