package dev.miniatura.internal.bmp;

import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes RLE4, RLE8 and OS/2's RLE24 to a picture in memory, one byte for each index or sample.
 * Pixels that the data skips have index 0, or are black.
 */
final class RunLengths implements BmpDecoder.Rows {

  private static final int ARRAY = 24; // bytes that an array takes in addition to its elements

  private final SourceBytes bytes;
  private final BmpHeader header;
  private final int pixelBytes;
  private final byte[] blank;
  private final byte[][] rows; // in the order of the file; those without pixels are blank
  private long at; // of the next byte
  private boolean cut;
  private int x;
  private int number; // of the row
  private byte[] read;

  private RunLengths(SourceBytes bytes, BmpHeader header) {
    this.bytes = bytes;
    this.header = header;
    pixelBytes = header.indexed() ? 1 : 3;
    blank = new byte[header.width() * pixelBytes];
    rows = new byte[header.height()][];
    Arrays.fill(rows, blank);
    read = blank;
    at = header.dataStart();
  }

  /** Returns the bytes of memory that a picture takes. */
  static long workingBytes(BmpHeader header) {
    long row = (long) header.width() * (header.indexed() ? 1 : 3);
    return row + header.height() * (row + ARRAY);
  }

  static RunLengths decode(SourceBytes bytes, BmpHeader header, Deadline deadline)
      throws IOException {
    RunLengths picture = new RunLengths(bytes, header);
    boolean more = true;
    int row = -1;
    while (more && !picture.cut && picture.number < header.height()) {
      if (row != picture.number) {
        deadline.check();
        row = picture.number;
      }
      more = picture.step();
    }
    return picture;
  }

  /** Decodes a run, or an escape; returns whether the picture goes on. */
  private boolean step() throws IOException {
    int count = next();
    if (count > 0) {
      run(count);
      return true;
    }
    int escape = next();
    if (cut) {
      return false;
    }
    switch (escape) {
      case 0 -> {
        x = 0;
        number++;
      }
      case 1 -> {
        return false; // skipped rows are not missing
      }
      case 2 -> {
        x = Math.min(header.width(), x + next());
        number = Math.min(header.height(), number + next());
      }
      default -> literal(escape);
    }
    return true;
  }

  private void run(int count) throws IOException {
    int first = next();
    int second = header.indexed() ? first : next();
    int third = header.indexed() ? first : next();
    for (int i = 0; i < count && !cut; i++) {
      switch (header.compression()) {
        case RLE4 -> put(i % 2 == 0 ? first >> 4 : first & 15);
        case RLE24 -> put(first, second, third);
        default -> put(first);
      }
    }
  }

  private void literal(int count) throws IOException {
    long start = at;
    int pair = 0;
    for (int i = 0; i < count && !cut; i++) {
      switch (header.compression()) {
        case RLE4 -> {
          pair = i % 2 == 0 ? next() : pair;
          put(i % 2 == 0 ? pair >> 4 : pair & 15);
        }
        case RLE24 -> put(next(), next(), next());
        default -> put(next());
      }
    }
    at += (at - start) & 1; // pixels are padded to words
  }

  /** Sets the next pixel of the row, unless it is beyond its end. */
  private void put(int... samples) {
    if (cut || x == header.width()) {
      return;
    }
    if (rows[number] == blank) {
      rows[number] = new byte[blank.length];
    }
    for (int i = 0; i < pixelBytes; i++) {
      rows[number][x * pixelBytes + i] = (byte) samples[i];
    }
    x++;
  }

  private int next() throws IOException {
    int value = bytes.at(at++);
    cut |= value < 0;
    return Math.max(0, value);
  }

  /** Copies a row; in a truncated file, the last row has only the pixels before the end. */
  @Override
  public int read(int y) {
    int row = header.topDown() ? y : header.height() - 1 - y;
    read = rows[row];
    if (!cut || row < number) {
      return header.width();
    }
    return row == number ? x : 0;
  }

  @Override
  public byte[] array() {
    return read;
  }

  @Override
  public int offset() {
    return 0;
  }
}
