package dev.miniatura.internal.png;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.inflate.ZlibWindow;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Yields the rows of an image, or of one pass of an interlaced one, with their filters reversed.
 * Holds two rows; filtered bytes are read from the decompressor's window, where they remain as the
 * history of later ones.
 */
final class Scanlines {

  private final ImageData source;
  private final ZlibWindow data;
  private final int distance;
  private byte[] above;
  private byte[] row;
  private int rowBytes;
  private boolean any; // whether a row has been read
  private @Nullable MalformedImageException damage;

  /**
   * Creates a reader.
   *
   * @param longest the length of the longest row in bytes
   */
  Scanlines(ImageData source, PngHeader header, int longest) {
    this.source = source;
    distance = header.filterDistance();
    data = new ZlibWindow(source, longest + 1);
    above = new byte[longest + Unfilter.SLACK];
    row = new byte[longest + Unfilter.SLACK];
  }

  /** Returns the bytes that a reader holds for rows of a given length. */
  static long workingBytes(long longest) {
    return ZlibWindow.bytes(longest + 1) + 2 * (longest + Unfilter.SLACK);
  }

  /** Starts a pass: its first row has no row above it. */
  void start(int bytes) {
    rowBytes = bytes;
    Arrays.fill(row, (byte) 0);
  }

  /**
   * Reads the next row.
   *
   * @return false if the data ends before it, or is {@link #damage damaged} there
   * @throws MalformedImageException if it is damaged before the first row
   */
  boolean next() throws IOException {
    source.checkDeadline();
    if (damage != null) {
      return false;
    }
    try {
      boolean there = read();
      any |= there;
      return there;
    } catch (MalformedImageException e) {
      if (!any) {
        throw e;
      }
      damage = e;
      return false;
    }
  }

  /** Returns the damage that ended the rows, or null if it was just the end of the data. */
  @Nullable MalformedImageException damage() {
    return damage;
  }

  private boolean read() throws IOException {
    if (data.require(rowBytes + 1) <= rowBytes) {
      return false;
    }
    int filter = data.array[data.position];
    if (filter < 0 || filter > Unfilter.PAETH) {
      throw malformed("unknown filter type " + (filter & 0xff));
    }
    byte[] restored = above;
    above = row;
    row = restored;
    Unfilter.restore(filter, data.array, data.position + 1, above, row, rowBytes, distance);
    data.position += rowBytes + 1;
    return true;
  }

  /** Returns the most recently read row; it starts at index 0. */
  byte[] row() {
    return row;
  }

  /**
   * Reads to the end of the stream, so that its check value is verified.
   *
   * @return whether the stream ends here, without more data and without being cut off
   */
  boolean finish() throws IOException {
    return data.require(1) == 0 && !data.truncated();
  }

  /** Returns an error near the most recently decompressed byte. */
  MalformedImageException malformed(String reason) {
    return new MalformedImageException(Chunks.FORMAT, source.offset(), reason);
  }
}
