package dev.miniatura.internal.vp8l;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;

/**
 * Reads bits from a bitstream, the least significant of each byte first (RFC 9649, section 3.2).
 * The source is read as bits are needed. Zeros follow its end, which {@link #isOver} reports.
 *
 * <p>{@link PixelReader} keeps {@link #bits}, {@link #count} and {@link #position} in local
 * variables while it reads pixels.
 */
final class BitSource {

  /** The number of available bytes needed to fill {@link #bits} in one step. */
  static final int STRIDE = Long.BYTES;

  private static final int WINDOW = 32 << 10;

  private final SourceBytes source;
  private final long end;
  private long next; // position in the source after the available bytes

  /** Available bytes. */
  final byte[] bytes;

  /** Index of the next byte that is not in {@link #bits}. */
  int position;

  /** Index after the last available byte. */
  int limit;

  /**
   * Available bits, the next one in the lowest place; above {@link #count} there may be some of the
   * following bits.
   */
  long bits;

  /** Number of available bits. */
  int count;

  private int padding; // number of bits read beyond the end of the source

  /** Starts at a position of the source, and ends at another one. */
  BitSource(SourceBytes source, long start, long end) {
    this.source = source;
    this.next = start;
    this.end = end;
    bytes = new byte[(int) Math.max(STRIDE, Math.min(WINDOW, end - start))];
  }

  /** Returns the bytes that this takes. */
  static long workingBytes() {
    return WINDOW;
  }

  /** Makes at least 56 bits available. */
  void fill() throws IOException {
    if (limit - position < STRIDE) {
      load();
    }
    if (limit - position >= STRIDE) {
      bits |= ByteViews.longLe(bytes, position) << count;
      position += (63 - count) >>> 3;
      count |= 56;
      return;
    }
    bits &= (1L << count) - 1;
    while (count < 56) {
      if (position < limit) {
        bits |= (bytes[position++] & 0xffL) << count;
      } else {
        padding += 8;
      }
      count += 8;
    }
  }

  private void load() throws IOException {
    int length = (int) Math.min(bytes.length - (limit - position), end - next);
    if (length <= 0) {
      return;
    }
    System.arraycopy(bytes, position, bytes, 0, limit - position);
    limit -= position;
    position = 0;
    int read = source.read(next, bytes, limit, length);
    limit += Math.max(0, read);
    next = read < length ? end : next + read;
  }

  /** Returns whether bits beyond the end of the source were taken. */
  boolean isOver() {
    return count < padding;
  }

  /** Takes an unsigned number of 0 to 24 bits. */
  int take(int length) throws IOException {
    if (count < length) {
      fill();
    }
    int value = (int) bits & ((1 << length) - 1);
    drop(length);
    return value;
  }

  /** Takes a flag. */
  boolean flag() throws IOException {
    return take(1) != 0;
  }

  /** Drops a number of available bits. */
  void drop(int length) {
    bits >>>= length;
    count -= length;
  }

  /**
   * Fails if bits beyond the end of the source were taken.
   *
   * @param where the part in which the source must not end
   */
  void require(String where) throws MalformedImageException {
    if (isOver()) {
      throw error("its data ends in " + where);
    }
  }

  /**
   * Returns an error at the byte that contains the next bit.
   *
   * @param reason the reason, unless the data ends before it
   */
  MalformedImageException malformed(String reason) {
    return error(isOver() ? "its data ends early" : reason);
  }

  private MalformedImageException error(String reason) {
    long offset = next - (limit - position) - Math.max(0, count - padding) / 8;
    return Container.WEBP.malformed(offset, "lossless image: " + reason);
  }
}
