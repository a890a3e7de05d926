package dev.miniatura.internal.gif;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses the color indexes of one image (GIF89a, appendix F).
 *
 * <p>A code stands for the string of an earlier code plus one index. For each string, the table
 * holds its end, up to eight indexes in one number, and the code of the part before, whose length
 * is a multiple of eight: so most strings are written at once, and long ones in a few steps.
 */
final class LzwReader {

  private static final int MAX_CODES = 4096;
  private static final int MAX_WIDTH = 12;
  private static final int MAX_CODE_SIZE = 8;
  private static final int CHUNK = Long.BYTES; // the number of indexes of a string in one number
  private static final int INPUT = 8 << 10;
  private static final int OUTPUT = 16 << 10;

  /**
   * The fields of an entry: the length of a string, the code of the part before its end, its first
   * index.
   */
  private static final int LENGTH_MASK = 0xfff;

  private static final int BEFORE_SHIFT = 12;
  private static final int FIRST_SHIFT = 24;

  private final SourceBytes bytes;
  private final Deadline deadline;
  private final long start; // of the first sub-block
  private final int codeSize;
  private final int clear;
  private final long[] ends = new long[MAX_CODES];
  private final int[] entries = new int[MAX_CODES];
  private final byte[] in = new byte[INPUT];
  private int inPosition;
  private int inLimit;
  private long blockAt; // position of the next sub-block
  private long loaded; // bytes of data in the sub-blocks before it
  private boolean allLoaded;
  private long bits; // the next bits, the first in the lowest place
  private int count; // the number of valid bits
  private int width; // of a code, in bits
  private int next; // the code of the next string
  private int previous = -1; // the previous code, or −1 after a clear
  private final byte[] out = new byte[OUTPUT + MAX_CODES + CHUNK];
  private int position; // of the next index to return
  private int limit;
  private boolean ended;
  private @Nullable MalformedImageException damage;

  /**
   * Starts reading.
   *
   * @param at start of the data, which begins with the size of the first codes
   */
  LzwReader(SourceBytes bytes, long at, Deadline deadline) throws IOException {
    this.bytes = bytes;
    this.deadline = deadline;
    start = at + 1;
    blockAt = start;
    codeSize = bytes.at(at);
    if (codeSize < 1 || codeSize > MAX_CODE_SIZE) {
      throw Container.GIF.malformed(
          at, codeSize < 0 ? "ends before its image data" : "LZW code size of " + codeSize);
    }
    clear = 1 << codeSize;
    for (int i = 0; i < clear; i++) {
      ends[i] = i;
      entries[i] = i << FIRST_SHIFT | 1;
    }
    restart();
  }

  /** Returns the bytes of memory that a reader takes. */
  static long workingBytes() {
    return MAX_CODES * (Long.BYTES + Integer.BYTES) + INPUT + OUTPUT + MAX_CODES + CHUNK;
  }

  /** Returns the error at which the data ends, if it is damaged. */
  MalformedImageException damage() throws IOException {
    return damage == null
        ? Container.GIF.malformed(bytes.reach(blockAt), "image data ends early")
        : damage;
  }

  /** Reads indexes; returns how many, fewer than requested if the data ends or is damaged. */
  int read(byte[] target, int length) throws IOException {
    int copied = 0;
    while (copied < length) {
      if (position == limit) {
        decode();
        if (limit == 0) {
          break;
        }
      }
      int step = Math.min(length - copied, limit - position);
      System.arraycopy(out, position, target, copied, step);
      position += step;
      copied += step;
    }
    return copied;
  }

  private void restart() {
    next = clear + 2;
    width = codeSize + 1;
    previous = -1;
  }

  /** Decodes some codes, after all indexes of the previous ones have been returned. */
  private void decode() throws IOException {
    position = 0;
    limit = 0;
    while (limit < OUTPUT && !ended) {
      if (count < width && !fill()) {
        ended = true;
      } else {
        decodeStrings();
      }
    }
  }

  /** Decodes codes up to one that clears the table, while their bits are available. */
  private void decodeStrings() throws IOException {
    int at = limit;
    int free = next;
    int size = width;
    int before = previous;
    int beforeEntry = before < 0 ? 0 : entries[before];
    long queue = bits;
    int queued = count;
    while (at < OUTPUT) {
      if (queued < size) {
        if (inLimit - inPosition < Long.BYTES) {
          break;
        }
        queue |= ByteViews.longLe(in, inPosition) << queued;
        int more = (Long.SIZE - 1 - queued) >>> 3;
        inPosition += more;
        queued += more << 3;
      }
      int code = (int) queue & ((1 << size) - 1);
      queue >>>= size;
      queued -= size;
      if (code == clear) {
        free = clear + 2;
        size = codeSize + 1;
        before = -1;
        continue;
      }
      if (code == clear + 1) {
        ended = true;
        break;
      }
      if (before >= 0 && free < MAX_CODES && code <= free) {
        int first = (code == free ? beforeEntry : entries[code]) >>> FIRST_SHIFT;
        int length = beforeEntry & LENGTH_MASK;
        int held = length & (CHUNK - 1); // of the end to which an index is added
        ends[free] = held == 0 ? first : ends[before] | (long) first << (held << 3);
        int head = held == 0 ? before : beforeEntry >>> BEFORE_SHIFT & LENGTH_MASK;
        entries[free] = (beforeEntry & 0xff << FIRST_SHIFT) | head << BEFORE_SHIFT | (length + 1);
        free++;
        if (free == 1 << size && size < MAX_WIDTH) {
          size++;
        }
      } else if (code >= free) {
        queued += size; // so that the position is right
        ended = true;
        damage = unknown(code, queued);
        break;
      }
      before = code;
      beforeEntry = entries[code];
      int end = at + (beforeEntry & LENGTH_MASK);
      int from = at + ((beforeEntry - 1 & LENGTH_MASK) & -CHUNK);
      ByteViews.putLongLe(out, from, ends[code]);
      int head = code;
      while (from > at) {
        head = entries[head] >>> BEFORE_SHIFT & LENGTH_MASK;
        from -= CHUNK;
        ByteViews.putLongLe(out, from, ends[head]);
      }
      at = end;
    }
    limit = at;
    next = free;
    width = size;
    previous = before;
    bits = queue;
    count = queued;
  }

  /** Ensures that the bits of a code are available; returns false if the data ends. */
  private boolean fill() throws IOException {
    if (inLimit - inPosition < Long.BYTES) {
      load();
    }
    while (count < width && inPosition < inLimit) {
      bits |= (in[inPosition++] & 0xffL) << count;
      count += 8;
    }
    return count >= width;
  }

  /** Copies the data of some sub-blocks to the input. */
  private void load() throws IOException {
    System.arraycopy(in, inPosition, in, 0, inLimit - inPosition);
    inLimit -= inPosition;
    inPosition = 0;
    deadline.check();
    while (!allLoaded && inLimit + 0xff <= INPUT) {
      int size = bytes.at(blockAt);
      int read = size <= 0 ? 0 : bytes.read(blockAt + 1, in, inLimit, size);
      allLoaded = size <= 0 || read < size;
      if (read > 0) {
        inLimit += read;
        loaded += read;
        blockAt += 1 + read;
      }
    }
  }

  /** Returns the error for a code without a string. */
  private MalformedImageException unknown(int code, int queued) throws IOException {
    long left = loaded - (inLimit - inPosition) - (queued + 7) / 8; // data before the code
    long at = start;
    int size = bytes.at(at);
    while (size > 0 && left >= size) {
      left -= size;
      at += 1 + size;
      size = bytes.at(at);
    }
    return Container.GIF.malformed(at + 1 + left, "LZW code %d is not known".formatted(code));
  }
}
