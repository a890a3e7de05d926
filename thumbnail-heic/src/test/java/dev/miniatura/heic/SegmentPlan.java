package dev.miniatura.heic;

import java.util.Arrays;
import java.util.Random;

/** Divides a picture into slice segments within the constraints on slices and tiles (6.3.1). */
final class SegmentPlan {

  boolean dependent;
  int address; // of the segment, in raster scan
  int count; // of its CTBs
  long headerSeed;

  private final StreamOptions options;
  private final Random random;
  private final int[] order; // raster addresses in tile scan
  private final int[] tileEnds; // for each position in tile scan, where its tile ends
  private int position;
  private boolean startsTile; // of the slice
  private boolean startsRow;
  private boolean spansTiles;
  private boolean first = true;

  SegmentPlan(StreamOptions options, Random random) {
    this.options = options;
    this.random = random;
    int[] columns = options.columnBounds;
    int[] rows = options.rowBounds;
    int width = columns[columns.length - 1];
    int height = rows[rows.length - 1];
    order = new int[width * height];
    tileEnds = new int[order.length];
    int n = 0;
    for (int r = 0; r + 1 < rows.length; r++) {
      for (int c = 0; c + 1 < columns.length; c++) {
        int start = n;
        for (int y = rows[r]; y < rows[r + 1]; y++) {
          for (int x = columns[c]; x < columns[c + 1]; x++) {
            order[n++] = y * width + x;
          }
        }
        Arrays.fill(tileEnds, start, n, n);
      }
    }
  }

  /** Moves to the next segment; returns false at the end of the picture. */
  boolean next() {
    position += first ? 0 : count;
    if (position == order.length) {
      return false;
    }
    address = order[position];
    int column = options.columnInTile(address);
    boolean atTile = first || tileEnds[position - 1] == position;
    dependent = !first && mayContinue(atTile, column);
    if (!dependent) {
      startsTile = atTile;
      startsRow = column == 0;
      spansTiles = false;
    } else if (atTile) {
      spansTiles = true;
    }
    headerSeed = random.nextLong();
    first = false;
    count = order.length - position;
    if (options.manySlices) {
      int left = tileEnds[position] - position;
      count = Math.min(left, 1 + random.nextInt(Math.max(1, order.length / 3)));
      if (options.wavefront && column != 0) { // ends in its row
        count = Math.min(count, options.tileWidthAt(address) - column);
      }
      if (count == left && atTile && startsTile && position + left < order.length) {
        spansTiles = random.nextBoolean();
        count += spansTiles ? tileEnds[position + left] - position - left : 0;
      }
    }
    return true;
  }

  /**
   * Returns whether the slice may continue. It consists of whole tiles, or stays in one; with
   * wavefronts, one that starts within a row of CTBs ends in it.
   */
  private boolean mayContinue(boolean atTile, int column) {
    if (!options.dependentSlices
        || (atTile && !startsTile)
        || (options.wavefront && column == 0 && !startsRow)) {
      return false;
    }
    return random.nextBoolean() || (spansTiles && !atTile);
  }
}
