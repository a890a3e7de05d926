package dev.miniatura.internal.tiff;

import dev.miniatura.MalformedImageException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decompresses bilevel rows: modified Huffman (TIFF 6.0, section 10), ITU-T T.4 in one and two
 * dimensions, T.6. Black is 1, as in TIFF.
 *
 * <p>A row is represented by the columns at which its color changes, the first to black. A broken
 * T.4 row repeats the one above, and decoding continues after the next EOL, as T.4 intends; a
 * broken T.6 row ends the picture, because the start of the next one is unknown.
 */
final class FaxReader implements RowReader {

  /** The coding of rows. */
  enum Scheme {
    /** Modified Huffman: rows begin at byte boundaries, without EOL. */
    HUFFMAN,
    /** The same, but rows start at even bytes. */
    HUFFMAN_WORDS,
    /** T.4, one dimension. */
    ONE_DIMENSION,
    /** T.4, rows of both kinds, distinguished by a bit after EOL. */
    MIXED,
    /** T.6. */
    TWO_DIMENSIONS
  }

  private static final int EOL_BITS = 12;
  private static final int MAX_BROKEN =
      100; // consecutive broken rows after which the data is not fax

  private final SegmentInput in;
  private final String format;
  private final Scheme scheme;
  private final int columns;
  private final long start;
  private int[] above;
  private int[] row;
  private int changes; // number of changes in row, without the end of the row
  private long bits;
  private int count;
  private int padding; // number of bits added after the end of the data
  private boolean ended;
  private boolean marked; // whether T.4 rows begin with EOL, as required
  private int broken;

  FaxReader(SegmentInput in, String format, Scheme scheme, int columns) {
    this.in = in;
    this.format = format;
    this.scheme = scheme;
    this.columns = columns;
    start = in.offset();
    above = new int[columns + 4];
    row = new int[columns + 4];
    Arrays.fill(row, columns);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (ended || !nextRow()) {
      ended = true;
      return 0;
    }
    Arrays.fill(target, offset, offset + length, (byte) 0);
    for (int i = 0; i < changes; i += 2) {
      blacken(target, offset, row[i], i + 1 < changes ? row[i + 1] : columns);
    }
    return length;
  }

  private static void blacken(byte[] target, int offset, int from, int to) {
    if (from >= to) {
      return;
    }
    int first = offset + (from >> 3);
    int last = offset + ((to - 1) >> 3);
    int head = 0xff >> (from & 7);
    int tail = 0xff << (7 - ((to - 1) & 7));
    if (first == last) {
      target[first] |= (byte) (head & tail);
      return;
    }
    target[first] |= (byte) head;
    Arrays.fill(target, first + 1, last, (byte) 0xff);
    target[last] |= (byte) tail;
  }

  private boolean nextRow() throws IOException {
    if (isUnmarked()) {
      drop(count & 7);
    }
    if (scheme == Scheme.HUFFMAN_WORDS && ((in.offset() - start - count / 8) & 1) != 0) {
      take(8);
    }
    boolean oneDimension = scheme != Scheme.TWO_DIMENSIONS;
    if (scheme == Scheme.ONE_DIMENSION || scheme == Scheme.MIXED) {
      int lines = passEnds();
      if (lines == 0 && marked) {
        seekEnd(); // past the rest of a damaged row
        lines = passEnds();
      }
      marked |= lines > 0;
      if (lines > 1) {
        return false; // RTC, or the end of the page
      }
      if (scheme == Scheme.MIXED) {
        oneDimension = lines == 0 || take(1) == 1;
      }
    }
    fill();
    if (padding >= count) {
      return false;
    }
    int[] swap = above;
    above = row;
    row = swap;
    int aboveChanges = changes;
    boolean whole = oneDimension ? readRuns() : readModes();
    if (whole) {
      row[changes] = columns;
      row[changes + 1] = columns;
      row[changes + 2] = columns;
      broken = 0;
      return true;
    }
    if (scheme == Scheme.TWO_DIMENSIONS) {
      if (padding > 0 || (changes == 0 && isEnd())) {
        return false;
      }
      throw new MalformedImageException(format, in.offset(), "fax data has no such code");
    }
    if (++broken > MAX_BROKEN) {
      throw new MalformedImageException(format, in.offset(), "fax data is broken");
    }
    System.arraycopy(above, 0, row, 0, above.length);
    changes = aboveChanges;
    if (!isUnmarked()) {
      seekEnd();
    }
    return true;
  }

  /** Returns whether rows start at bytes rather than after marks. */
  private boolean isUnmarked() {
    return scheme == Scheme.HUFFMAN || scheme == Scheme.HUFFMAN_WORDS;
  }

  /** Returns whether an EOL is next; two of them end T.6. */
  private boolean isEnd() throws IOException {
    fill();
    return padding < count && peek(EOL_BITS) == 1;
  }

  /** Skips fill bits and EOLs; returns the number of EOLs. */
  private int passEnds() throws IOException {
    int lines = 0;
    while (true) {
      fill();
      int ahead = 0;
      while (peek(EOL_BITS) == 0 && padding < count) {
        drop(1);
        fill();
        ahead++;
      }
      if (peek(EOL_BITS) != 1 || padding >= count) {
        return ahead > 0 && lines == 0 && padding >= count ? 2 : lines;
      }
      drop(EOL_BITS);
      lines++;
      if (scheme == Scheme.MIXED && lines > 1) {
        return lines;
      }
      if (scheme == Scheme.MIXED) {
        fill();
        if (peek(EOL_BITS + 1) != (1 << EOL_BITS | 1)) {
          return lines;
        }
        drop(1); // the tag of an EOL in RTC
      }
    }
  }

  /** Moves to the start of the next EOL, or to the end if there is none. */
  private void seekEnd() throws IOException {
    fill();
    while (padding < count && peek(EOL_BITS) != 1) {
      drop(1);
      fill();
    }
  }

  private boolean readRuns() throws IOException {
    changes = 0;
    int column = 0;
    boolean black = false;
    while (column < columns) {
      int run = run(black);
      if (run < 0) {
        return false;
      }
      column = Math.min(columns, column + run);
      change(column);
      black = !black;
    }
    return true;
  }

  private boolean readModes() throws IOException {
    changes = 0;
    int column = 0; // a0
    int at = 0; // index in above of the first change to the right of a0 and to the opposite color
    boolean black = false;
    boolean start = true;
    while (column < columns) {
      while (at > 0 && above[at - 1] > column) {
        at--;
      }
      int wanted = black ? 1 : 0;
      boolean first = start && above[0] == 0; // a change at the very start counts as right of a0
      while (above[at] < columns
          && ((above[at] <= column && !(first && at == 0)) || (at & 1) != wanted)) {
        at++;
      }
      fill();
      int entry = FaxCodes.MODES[peek(FaxCodes.BITS)];
      int mode = entry >> 4;
      if (entry == 0 || mode == FaxCodes.EXTENSION) {
        return false;
      }
      drop(entry & 15);
      if (mode == FaxCodes.PASS) {
        column = above[at] < columns ? above[at + 1] : columns;
      } else if (mode == FaxCodes.HORIZONTAL) {
        for (int i = 0; i < 2; i++) {
          int run = run(black ^ i == 1);
          if (run < 0) {
            return false;
          }
          column = Math.min(columns, column + run);
          change(column);
        }
      } else {
        int changed = above[at] + mode - FaxCodes.VERTICAL;
        if (changed < column) {
          return false;
        }
        column = Math.min(columns, changed);
        change(column);
        black = !black;
      }
      start = false;
    }
    return true;
  }

  /** Adds a change of color; two in the same column cancel out. */
  private void change(int column) {
    if (changes > 0 && row[changes - 1] == column) {
      changes--;
    } else {
      row[changes++] = column;
    }
  }

  /** Returns the length of a run, or −1 if there is no such code. */
  private int run(boolean black) throws IOException {
    char[] codes = black ? FaxCodes.BLACK_RUNS : FaxCodes.WHITE_RUNS;
    int run = 0;
    while (true) {
      fill();
      int entry = codes[peek(FaxCodes.BITS)];
      if (entry == 0) {
        return -1;
      }
      drop(entry & 15);
      int part = entry >> 4;
      run += part;
      if (part < 64) {
        return run;
      }
      if (run > columns + 2560) {
        return -1;
      }
    }
  }

  /** Makes the bits of the longest codes available, with zeros after the end of the data. */
  private void fill() throws IOException {
    while (count < 16) {
      int next = padding > 0 ? -1 : in.read();
      padding += next < 0 ? 8 : 0;
      bits = bits << 8 | Math.max(0, next);
      count += 8;
    }
  }

  private int peek(int n) {
    return (int) (bits >>> (count - n)) & ((1 << n) - 1);
  }

  private void drop(int n) {
    count -= n;
    padding = Math.min(padding, Math.max(0, count));
  }

  private int take(int n) throws IOException {
    fill();
    int value = peek(n);
    drop(n);
    return value;
  }
}
