package dev.miniatura.internal.gif;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.gif.GifFrames.Frame;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.Notes;
import java.io.IOException;
import java.util.Arrays;

/** Reads the rows of one frame in the order of the file. */
final class FrameRows {

  private static final int COLORS = 256;
  private static final int BLACK = 0xff << 24;

  private final Frame frame;
  private final Deadline deadline;
  private final LzwReader reader;
  private final byte[] indexes;
  private int read; // rows
  private int whole; // complete rows among them
  private int pixels; // of the most recently read row

  /** Opens the data of a frame that has at least one pixel. */
  FrameRows(SourceBytes bytes, Frame frame, Deadline deadline) throws IOException {
    this.frame = frame;
    this.deadline = deadline;
    reader = new LzwReader(bytes, frame.dataStart(), deadline);
    indexes = new byte[frame.width()];
  }

  /** Returns the bytes of memory that reading takes, without those of a row. */
  static long workingBytes() {
    return LzwReader.workingBytes() + COLORS * Integer.BYTES;
  }

  /**
   * Reads the color of every index, 0 if transparent. As in browsers, colors missing from the
   * palette are black, and all are black without a palette.
   */
  static int[] colors(SourceBytes bytes, Frame frame) throws IOException {
    int[] argb = new int[COLORS];
    Arrays.fill(argb, BLACK);
    byte[] rgb = bytes.slice(frame.paletteStart(), frame.paletteEnd());
    for (int i = 0; i < rgb.length / 3; i++) {
      argb[i] |= (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | (rgb[3 * i + 2] & 0xff);
    }
    if (frame.transparent() >= 0) {
      argb[frame.transparent()] = 0;
    }
    return argb;
  }

  /** Reads a row; returns false if there are no more, or if the data ends before the next one. */
  boolean next() throws IOException {
    if (read == frame.height() || whole < read) {
      return false;
    }
    deadline.check();
    int count = reader.read(indexes, frame.width());
    if (count == 0) {
      return false;
    }
    pixels = count;
    read++;
    whole += pixels == frame.width() ? 1 : 0;
    return true;
  }

  /** Returns the color indexes of the row; the first {@link #pixels} of them are valid. */
  byte[] indexes() {
    return indexes;
  }

  /** Returns how many pixels of the row, from the left, are in the file. */
  int pixels() {
    return pixels;
  }

  /** Returns how many complete rows were read. */
  int whole() {
    return whole;
  }

  /** Returns the row's position in the frame. */
  int y() {
    return frame.interlaced() ? Interlacing.row(read - 1, frame.height()) : read - 1;
  }

  /**
   * Notes that the data ended before all needed rows.
   *
   * @throws MalformedImageException if there was no pixel at all
   */
  void noteDamage(Notes notes) throws IOException {
    MalformedImageException damage = reader.damage();
    if (read == 0) {
      throw damage;
    }
    notes.add(damage.format(), damage.reason(), "what is missing is blank", damage.offset());
  }
}
