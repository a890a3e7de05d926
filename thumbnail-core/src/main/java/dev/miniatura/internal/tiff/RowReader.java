package dev.miniatura.internal.tiff;

import dev.miniatura.internal.inflate.ZlibWindow;
import dev.miniatura.internal.zstd.ZstdReader;
import java.io.IOException;
import java.util.Arrays;

/** Decompresses a strip or tile, row by row. */
interface RowReader {

  /**
   * Reads bytes of the next row.
   *
   * @return how many there were; fewer than requested if the data ends
   */
  int read(byte[] target, int offset, int length) throws IOException;

  /** Returns a reader of uncompressed bytes (TIFF 6.0, compression 1). */
  static RowReader uncompressed(SegmentInput in) {
    return in::read;
  }

  /** Returns a reader of a zlib stream (TIFF technical note of 2002, compression 8). */
  static RowReader deflate(SegmentInput in, int rowBytes) {
    ZlibWindow window = new ZlibWindow(in, rowBytes);
    return (target, offset, length) -> {
      int count = Math.min(length, window.require(length));
      System.arraycopy(window.array, window.position, target, offset, count);
      window.position += count;
      return count;
    };
  }

  /**
   * Returns a reader of Zstandard (compression 50000).
   *
   * @param most bytes that the segment decompresses to
   */
  static RowReader zstd(SegmentInput in, String format, long most) {
    return new ZstdReader(in, format, most)::read;
  }

  /** Returns a reader of PackBits (TIFF 6.0, section 9), whose runs may go on in the next row. */
  static RowReader packBits(SegmentInput in) {
    return new RowReader() {
      private int left; // rest of a run, or if negative, of a literal
      private int repeated;

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
          if (left == 0) {
            int header = in.read();
            if (header < 0) {
              break;
            }
            left = header < 128 ? -(header + 1) : header == 128 ? 0 : 257 - header;
            repeated = left > 0 ? in.read() : 0;
          } else if (left > 0) {
            int count = Math.min(left, end - at);
            Arrays.fill(target, at, at + count, (byte) repeated);
            at += count;
            left -= count;
          } else {
            int count = in.read(target, at, Math.min(-left, end - at));
            at += count;
            left += count;
            if (count == 0) {
              break;
            }
          }
        }
        return at - offset;
      }
    };
  }
}
