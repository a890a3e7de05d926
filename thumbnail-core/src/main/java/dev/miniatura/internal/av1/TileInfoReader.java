package dev.miniatura.internal.av1;

import dev.miniatura.MalformedImageException;
import java.util.Arrays;

/** Parses tile_info( ) (clause 5.9.15) of a frame of known size. */
final class TileInfoReader {

  private static final int MAX_TILE_WIDTH = 4096;
  private static final int MAX_TILE_AREA = 4096 * 2304;
  private static final int MAX_TILES = 64; // MAX_TILE_COLS and MAX_TILE_ROWS

  private final BitReader in;
  private final FrameHeader frame;
  private int widestTile; // maximum width in superblocks of columns with explicit widths

  TileInfoReader(BitReader in, FrameHeader frame) {
    this.in = in;
    this.frame = frame;
  }

  void read() throws MalformedImageException {
    int shift = frame.sequence.superblock128 ? 5 : 4;
    int sbCols = (frame.miCols + (1 << shift) - 1) >> shift;
    int sbRows = (frame.miRows + (1 << shift) - 1) >> shift;
    int maxWidth = MAX_TILE_WIDTH >> (shift + 2);
    int maxArea = MAX_TILE_AREA >> (2 * (shift + 2));
    int minLog2Cols = tileLog2(maxWidth, sbCols);
    int minLog2Tiles = Math.max(minLog2Cols, tileLog2(maxArea, sbRows * sbCols));
    if (in.flag()) { // uniform_tile_spacing_flag
      int log2 = increment(minLog2Cols, tileLog2(1, Math.min(sbCols, MAX_TILES)));
      frame.tileColsLog2 = log2;
      frame.miColStarts = uniform(sbCols, log2, shift, frame.miCols);
      int minLog2Rows = Math.max(minLog2Tiles - log2, 0);
      log2 = increment(minLog2Rows, tileLog2(1, Math.min(sbRows, MAX_TILES)));
      frame.tileRowsLog2 = log2;
      frame.miRowStarts = uniform(sbRows, log2, shift, frame.miRows);
    } else {
      frame.miColStarts = explicit(sbCols, maxWidth, shift, frame.miCols);
      frame.tileColsLog2 = tileLog2(1, frame.miColStarts.length - 1);
      int area = sbRows * sbCols;
      if (minLog2Tiles > 0) {
        area >>= minLog2Tiles + 1;
      }
      int maxHeight = Math.max(area / widestTile, 1);
      frame.miRowStarts = explicit(sbRows, maxHeight, shift, frame.miRows);
      frame.tileRowsLog2 = tileLog2(1, frame.miRowStarts.length - 1);
    }
    frame.tileCols = frame.miColStarts.length - 1;
    frame.tileRows = frame.miRowStarts.length - 1;
    if (frame.tileCols > MAX_TILES || frame.tileRows > MAX_TILES) {
      throw in.malformed("more than 64 rows or columns of tiles");
    }
    if (frame.tileColsLog2 > 0 || frame.tileRowsLog2 > 0) {
      in.bits(frame.tileRowsLog2 + frame.tileColsLog2); // context_update_tile_id
      frame.tileSizeBytes = in.bits(2) + 1;
    }
  }

  /** tile_log2( ), the smallest k for which {@code size << k} is at least {@code target}. */
  private static int tileLog2(int size, int target) {
    int log2 = 0;
    while (size << log2 < target) {
      log2++;
    }
    return log2;
  }

  private int increment(int from, int most) throws MalformedImageException {
    int log2 = from;
    while (log2 < most && in.flag()) {
      log2++;
    }
    return log2;
  }

  private static int[] uniform(int superblocks, int log2, int shift, int miEnd) {
    int size = (superblocks + (1 << log2) - 1) >> log2;
    int count = (superblocks + size - 1) / size;
    int[] starts = new int[count + 1];
    for (int i = 0; i < count; i++) {
      starts[i] = (i * size) << shift;
    }
    starts[count] = miEnd;
    return starts;
  }

  private int[] explicit(int superblocks, int most, int shift, int miEnd)
      throws MalformedImageException {
    int[] starts = new int[MAX_TILES + 1];
    int count = 0;
    int widest = 0;
    for (int start = 0; start < superblocks; ) {
      if (count == MAX_TILES) {
        throw in.malformed("more than 64 rows or columns of tiles");
      }
      starts[count++] = start << shift;
      int size = in.nonSymmetric(Math.min(superblocks - start, most)) + 1;
      widest = Math.max(widest, size);
      start += size;
    }
    widestTile = widest;
    starts[count] = miEnd;
    return Arrays.copyOf(starts, count + 1);
  }
}
