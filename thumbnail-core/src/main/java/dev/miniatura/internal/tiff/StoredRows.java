package dev.miniatura.internal.tiff;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.raster.Notes;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The stored rows of a page, decompressed: strips one after the other, tiles a row of tiles at a
 * time. A broken or truncated segment has the rows up to that point.
 */
final class StoredRows {

  /** The number of meaningless bytes after a row that may be read together with it. */
  static final int SLACK = 4;

  private static final long WINDOW_BYTES = 300 << 10; // memory of the largest reader, without rows
  private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

  private final Page page;
  private final Deadline deadline;
  private final Notes notes;
  private final Predictor predictor;
  private final int rowBytes; // of a segment
  private final int bandBytes; // of the adjacent segments
  private final byte[][] bands; // one row each, or a row of tiles
  private final @Nullable RowReader[]
      readers; // readers of the current strips, while they have rows
  private final boolean[] missing; // by column of segments, for the current row
  private final int[][] present; // existing rows of each tile, by plane and column
  private int segmentRow = -1;
  private int rowsLeft; // of the segments, picture rows
  private int group; // of rows, in the segments
  private int offset;
  private int rows;
  private boolean any;

  StoredRows(Page page, Deadline deadline, Notes notes) throws IOException {
    this.page = page;
    this.deadline = deadline;
    this.notes = notes;
    predictor = new Predictor(page.predictor, page.bits, page.samplesTogether(), page.file.little);
    rowBytes = (int) page.storedRowBytes();
    bandBytes = rowBytes * page.across;
    int planes = page.planar ? page.samples : 1;
    bands = new byte[planes][bandBytes * heldGroups(page) + SLACK];
    readers = new @Nullable RowReader[planes];
    missing = new boolean[page.across];
    present = new int[planes][page.across];
  }

  private static int heldGroups(Page page) {
    return page.tiled ? Page.ceil(page.segmentHeight, page.chromaY) : 1;
  }

  /** Returns the bytes of memory that the rows of a page take. */
  static long workingBytes(Page page) throws UnsupportedImageException {
    long band = page.storedRowBytes() * page.across * heldGroups(page) + SLACK;
    if (band > MAX_BYTES || page.storedRowBytes() > MAX_BYTES / 2) {
      throw new UnsupportedImageException(
          "%s: %d x %d pixels in one piece"
              .formatted(page.file.format, page.segmentWidth, page.segmentHeight));
    }
    boolean ragged =
        page.tiled && (long) page.segmentWidth * page.samplesTogether() * page.bits % 8 != 0;
    if (ragged) {
      throw new UnsupportedImageException(
          page.file.format + ": tiles that do not end at a byte boundary");
    }
    int planes = page.planar ? page.samples : 1;
    long reader = WINDOW_BYTES + page.storedRowBytes() + Compressions.workingBytes(page);
    return planes * band + (page.tiled ? 1 : planes) * reader;
  }

  /** Moves to the next row, or group of rows that share chroma. */
  void next() throws IOException {
    deadline.check();
    if (rowsLeft == 0) {
      segmentRow++;
      rowsLeft = page.rowsOf(segmentRow);
      group = 0;
      if (page.tiled) {
        readTiles();
      } else {
        openStrips();
      }
    }
    rows = Math.min(page.chromaY, rowsLeft);
    rowsLeft -= rows;
    if (page.tiled) {
      offset = group * bandBytes;
      for (int x = 0; x < missing.length; x++) {
        missing[x] = false;
        for (int[] plane : present) {
          missing[x] |= plane[x] <= group;
        }
      }
    } else {
      missing[0] = !readStripRow();
    }
    group++;
  }

  /** Returns how many rows of the current group belong to the picture. */
  int rows() {
    return rows;
  }

  byte[] array(int plane) {
    return bands[plane];
  }

  int offset() {
    return offset;
  }

  /** Returns whether a piece of the current row is missing from the file. */
  boolean isMissing(int column) {
    return missing[column];
  }

  /** Returns whether the file had any row. */
  boolean any() {
    return any;
  }

  private void openStrips() throws IOException {
    for (int plane = 0; plane < readers.length; plane++) {
      readers[plane] = open(plane * page.down + segmentRow);
    }
  }

  private boolean readStripRow() throws IOException {
    boolean whole = true;
    for (int plane = 0; plane < readers.length; plane++) {
      RowReader reader = readers[plane];
      if (reader == null || !readRow(reader, bands[plane], 0)) {
        readers[plane] = null; // the rest of the strip is lost
        whole = false;
      }
    }
    return whole;
  }

  private void readTiles() throws IOException {
    int groups = Page.ceil(rowsLeft, page.chromaY);
    for (int plane = 0; plane < bands.length; plane++) {
      for (int x = 0; x < page.across; x++) {
        deadline.check();
        int tile = (plane * page.down + segmentRow) * page.across + x;
        RowReader reader = open(tile);
        int row = 0;
        while (row < groups && readRow(reader, bands[plane], row * bandBytes + x * rowBytes)) {
          row++;
        }
        present[plane][x] = row;
      }
    }
  }

  /** Reads a row of one segment; returns false if it is missing. */
  private boolean readRow(RowReader reader, byte[] band, int at) throws IOException {
    int count;
    try {
      count = reader.read(band, at, rowBytes);
    } catch (MalformedImageException e) {
      notes.add(page.file.format, e.reason(), "what it holds is gray", e.offset());
      return false;
    }
    if (count < rowBytes) {
      // A last row that ends within its padding, or nearly so, looks complete.
      if (count == 0 || count < rowBytes - rowBytes / 8) {
        notes.add(page.file.format, "picture data ends early", "what is missing is gray");
        return false;
      }
      Arrays.fill(band, at + count, at + rowBytes, (byte) 0);
    }
    predictor.restore(band, at, rowBytes);
    any = true;
    return true;
  }

  private RowReader open(int segment) throws IOException {
    long start = page.offset(segment);
    long length = page.length(segment);
    if (start == 0 && (length == 0 || length > Long.MAX_VALUE / 4)) {
      return (target, at, count) -> { // a sparse file: unstored segments are 0
        Arrays.fill(target, at, at + count, (byte) 0);
        return count;
      };
    }
    if (start <= 0) {
      return (target, at, count) -> 0;
    }
    boolean toTheEnd = page.compression == 1 || length == 0; // counts are sometimes wrong
    long end = toTheEnd ? Long.MAX_VALUE / 2 : start + Math.min(length, Long.MAX_VALUE / 2 - start);
    return Compressions.open(page, start, end, deadline);
  }
}
