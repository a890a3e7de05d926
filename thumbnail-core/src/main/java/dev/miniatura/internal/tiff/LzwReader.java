package dev.miniatura.internal.tiff;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.bytes.ByteViews;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decompresses LZW (TIFF 6.0, section 13). The string of each code is a section of the data
 * decompressed since the table was last cleared: the string of the previous code plus one byte. So
 * that data is kept, and codes are copied from it.
 *
 * <p>The first writers stored the lowest bits first and widened codes one code later; their streams
 * are recognized by their start.
 */
final class LzwReader implements RowReader {

  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int FIRST = 258;
  private static final int MAX_CODES = 4096;
  private static final int ROOM = 64 << 10; // room beyond the kept data

  private final SegmentInput in;
  private final String format;
  private final int[] starts = new int[MAX_CODES]; // positions of the strings in out
  private final int[] lengths = new int[MAX_CODES];
  private byte[] out = new byte[ROOM + MAX_CODES];
  private int position; // of the next byte to return
  private int limit;
  private int kept; // number of bytes of out that codes stand for, once the table is full
  private int next = FIRST;
  private int width = 9;
  private int previous = -1; // the previous code, or −1 after a clear
  private int previousStart;
  private int previousLength;
  private long bits; // the next bits: in the highest places, or the lowest in old streams
  private int count;
  private boolean old;
  private boolean started;
  private boolean ended;

  LzwReader(SegmentInput in, String format) {
    this.in = in;
    this.format = format;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int copied = 0;
    while (copied < length) {
      if (position == limit) {
        decode();
        if (position == limit) {
          break;
        }
      }
      int step = Math.min(length - copied, limit - position);
      System.arraycopy(out, position, target, offset + copied, step);
      position += step;
      copied += step;
    }
    return copied;
  }

  /** Decodes codes until there are bytes to return, after all previous ones have been returned. */
  private void decode() throws IOException {
    if (!started) {
      start();
    }
    if (previous < 0) {
      position = 0;
      limit = 0;
    } else if (next == MAX_CODES) {
      limit = kept; // no strings are made from data after the table was filled
      position = kept;
    }
    int enough = limit + ROOM / 2;
    while (!ended && limit < enough) {
      int code = code();
      if (code < 0 || code == END) {
        ended = true;
      } else if (code == CLEAR) {
        next = FIRST;
        width = 9;
        previous = -1;
        if (limit > position) {
          return; // return the existing bytes before their place is reused
        }
        position = 0;
        limit = 0;
        enough = ROOM / 2;
      } else {
        put(code);
      }
    }
  }

  private void start() throws IOException {
    started = true;
    old = in.next() && in.limit > 1 && in.array[0] == 0 && (in.array[1] & 1) == 1;
  }

  private void put(int code) throws MalformedImageException {
    int from;
    int length;
    boolean known = code < next && code != CLEAR && code != END;
    if (code < CLEAR) {
      from = -1;
      length = 1;
    } else if (known) {
      from = starts[code];
      length = lengths[code];
    } else if (code == next && previous >= 0) {
      from = previousStart; // the string of the previous code, followed by its first byte
      length = previousLength + 1;
    } else {
      throw new MalformedImageException(format, in.offset(), "LZW code " + code + " is not known");
    }
    if (out.length - limit < length) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, limit + length + ROOM));
    }
    int to = limit;
    if (from < 0) {
      out[to] = (byte) code;
    } else if (length > 16 && from + length <= to) {
      System.arraycopy(out, from, out, to, length);
    } else {
      copy(from, to, length);
    }
    limit += length;
    if (previous >= 0 && next < MAX_CODES) {
      starts[next] = previousStart;
      lengths[next] = previousLength + 1;
      next++;
      if (next + (old ? 0 : 1) >= 1 << width && width < 12) {
        width++;
      }
      if (next == MAX_CODES) {
        kept = limit;
      }
    }
    previous = code;
    previousStart = to;
    previousLength = length;
  }

  /** Copies byte by byte, because the string may overlap its copy. */
  private void copy(int from, int to, int length) {
    byte[] bytes = out;
    for (int i = 0; i < length; i++) {
      bytes[to + i] = bytes[from + i];
    }
  }

  /** Returns the next code, or −1 at the end of the data. */
  private int code() throws IOException {
    if (count < width && !fill()) {
      return -1;
    }
    int code;
    if (old) {
      code = (int) bits & ((1 << width) - 1);
      bits >>>= width;
    } else {
      code = (int) (bits >>> (count - width)) & ((1 << width) - 1);
    }
    count -= width;
    return code;
  }

  /** Makes the bits of a code available, and more if the block has them. */
  private boolean fill() throws IOException {
    if (!old && in.limit - in.position >= Integer.BYTES) {
      int four = ByteViews.intBe(in.array, in.position);
      in.position += Integer.BYTES;
      bits = bits << 32 | (four & 0xffffffffL);
      count += 32;
      return true;
    }
    while (count < width) {
      int more = in.read();
      if (more < 0) {
        return false;
      }
      bits = old ? bits | (long) more << count : bits << 8 | more;
      count += 8;
    }
    return true;
  }
}
