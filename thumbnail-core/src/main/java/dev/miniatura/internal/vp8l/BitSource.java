package dev.miniatura.internal.vp8l;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;

/**
 * Takes bits off a bitstream, the least significant of each byte first (RFC 9649, section 3.2). The
 * source is read as bits are needed. Beyond its end there are zeros, and {@link #isOver} tells.
 *
 * <p>{@link PixelReader} keeps {@link #bits}, {@link #count} and {@link #position} in variables of
 * its own while it reads pixels.
 */
final class BitSource {

  /** Bytes that are needed at hand to fill up {@link #bits} in one step. */
  static final int STRIDE = Long.BYTES;

  private static final int WINDOW = 32 << 10;

  private final SourceBytes source;
  private final long end;
  private long next; // where the source goes on behind the bytes at hand

  /** Bytes at hand. */
  final byte[] bytes;

  /** Index of the next byte that is not in {@link #bits}. */
  int position;

  /** Index after the last byte at hand. */
  int limit;

  /** Bits at hand, the next one lowest; above {@link #count} they may be any of those to come. */
  long bits;

  /** Number of bits at hand. */
  int count;

  private int padding; // bits, of those read so far, that the source does not have

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

  /** Makes at least 56 bits be at hand. */
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

  /** Returns whether bits were taken that the source does not have. */
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

  /** Drops so many of the bits at hand. */
  void drop(int length) {
    bits >>>= length;
    count -= length;
  }

  /**
   * Goes on only if all bits taken so far are there.
   *
   * @param where what the source may not end in
   */
  void require(String where) throws MalformedImageException {
    if (isOver()) {
      throw error("its data ends in " + where);
    }
  }

  /**
   * Returns an error at the byte that holds the next bit.
   *
   * @param reason why, unless it is that the data ends before
   */
  MalformedImageException malformed(String reason) {
    return error(isOver() ? "its data ends early" : reason);
  }

  private MalformedImageException error(String reason) {
    long offset = next - (limit - position) - Math.max(0, count - padding) / 8;
    return Container.WEBP.malformed(offset, "lossless image: " + reason);
  }
}
