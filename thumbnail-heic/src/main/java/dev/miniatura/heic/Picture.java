package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of a picture that is held while it is decoded: a band of whole coding tree block rows,
 * with a few sample rows above it that the in-loop filters still need. The band is one row of
 * coding tree blocks, or one row of tiles if there are several tile columns.
 */
final class Picture {

  /** The number of sample rows of each component that are kept above the band. */
  static final int KEPT_ROWS = 10;

  static final byte LEFT_EDGE = 1;
  static final byte TOP_EDGE = 2;

  final SequenceParameters sps;
  final PictureParameters pps;
  final int components;
  final int widthInCtbs;
  final int heightInCtbs;
  final int[] columnBounds;
  final int[] rowBounds;
  private final int[] tileColumns; // of each CTB column
  private final int[] tileRows;

  final short[][] planes = new short[3][];
  final int[] strides = new int[3];
  final int[] widths = new int[3];
  final int[] heights = new int[3];
  final int[] shiftX = new int[3];
  final int[] shiftY = new int[3];

  /** The last row above the band, unfiltered, for intra prediction. */
  final short[][] above = new short[3][];

  /** First row of the band, in CTBs. */
  int bandTop;

  /** Rows of the band, in CTBs. */
  int bandRows;

  // Maps of 8 × 8 luma samples, with one row above the band
  final int cellStride;
  final byte[] edges; // LEFT_EDGE, TOP_EDGE: transform block edges that deblocking filters
  final byte[] qps; // QpY
  final boolean[] unfiltered; // pcm_loop_filter_disabled_flag, cu_transquant_bypass_flag

  // Maps of CTBs, with one row above the band
  final @Nullable SliceHeader[] slices;
  final SaoParameters[] sao;

  Picture(SequenceParameters sps, PictureParameters pps) throws MalformedImageException {
    this.sps = sps;
    this.pps = pps;
    components = sps.chromaFormat == 0 ? 1 : 3;
    widthInCtbs = sps.widthInCtbs();
    heightInCtbs = sps.heightInCtbs();
    columnBounds = pps.columnBounds(widthInCtbs);
    rowBounds = pps.rowBounds(heightInCtbs);
    tileColumns = owners(columnBounds);
    tileRows = owners(rowBounds);
    int rows = maxBandRows(sps, pps);
    cellStride = widthInCtbs << (sps.log2Ctb - 3);
    int cells = cellStride * ((rows << (sps.log2Ctb - 3)) + 1);
    for (int c = 0; c < components; c++) {
      shiftX[c] = c == 0 ? 0 : sps.chromaShiftX();
      shiftY[c] = c == 0 ? 0 : sps.chromaShiftY();
      widths[c] = sps.width >> shiftX[c];
      heights[c] = sps.height >> shiftY[c];
      strides[c] = widthInCtbs << (sps.log2Ctb - shiftX[c]);
    }
    for (int c = 0; c < components; c++) {
      int height = (rows << (sps.log2Ctb - shiftY[c])) + KEPT_ROWS;
      planes[c] = new short[strides[c] * height];
      above[c] = new short[strides[c]];
    }
    edges = new byte[cells];
    qps = new byte[cells];
    unfiltered = new boolean[cells];
    slices = new SliceHeader[(rows + 1) * widthInCtbs];
    sao = new SaoParameters[components];
    for (int c = 0; c < components; c++) {
      sao[c] = new SaoParameters(slices.length);
    }
    start();
  }

  /** Returns the rows of the highest band, in CTBs. */
  static int maxBandRows(SequenceParameters sps, PictureParameters pps)
      throws MalformedImageException {
    int rows = 1;
    if (pps.tileColumns > 1) {
      int[] bounds = pps.rowBounds(sps.heightInCtbs());
      for (int i = 0; i < pps.tileRows; i++) {
        rows = Math.max(rows, bounds[i + 1] - bounds[i]);
      }
    }
    return rows;
  }

  private static int[] owners(int[] bounds) {
    int[] owners = new int[bounds[bounds.length - 1]];
    for (int i = 0; i + 1 < bounds.length; i++) {
      Arrays.fill(owners, bounds[i], bounds[i + 1], i);
    }
    return owners;
  }

  /** Moves to the first band of a picture. */
  void start() {
    bandTop = 0;
    Arrays.fill(slices, null);
    Arrays.fill(edges, (byte) 0);
    setBandRows();
  }

  private void setBandRows() {
    if (bandTop < heightInCtbs) {
      bandRows = pps.tileColumns > 1 ? rowBounds[tileRows[bandTop] + 1] - bandTop : 1;
    }
  }

  /** Keeps the unfiltered last row of the band for the prediction of the next one. */
  void keepAbove() {
    for (int c = 0; c < components; c++) {
      int last = ((bandTop + bandRows) << (sps.log2Ctb - shiftY[c])) - 1;
      if (last < heights[c]) {
        System.arraycopy(planes[c], index(c, 0, last), above[c], 0, strides[c]);
      }
    }
  }

  /** Moves to the next band; the last sample rows and the last rows of the maps are kept. */
  void advance() {
    for (int c = 0; c < components; c++) {
      int from = (bandRows << (sps.log2Ctb - shiftY[c])) * strides[c];
      System.arraycopy(planes[c], from, planes[c], 0, KEPT_ROWS * strides[c]);
      sao[c].keepLastRow(bandRows, widthInCtbs);
    }
    int cellRows = bandRows << (sps.log2Ctb - 3);
    System.arraycopy(qps, cellRows * cellStride, qps, 0, cellStride);
    System.arraycopy(unfiltered, cellRows * cellStride, unfiltered, 0, cellStride);
    Arrays.fill(edges, (byte) 0);
    System.arraycopy(slices, bandRows * widthInCtbs, slices, 0, widthInCtbs);
    Arrays.fill(slices, widthInCtbs, slices.length, null);
    bandTop += bandRows;
    setBandRows();
  }

  /**
   * Returns the index of a sample of the band in its plane, or of up to {@link #KEPT_ROWS} rows
   * above it.
   */
  int index(int component, int x, int y) {
    int top = bandTop << (sps.log2Ctb - shiftY[component]);
    return (y - top + KEPT_ROWS) * strides[component] + x;
  }

  /** Returns the index of a luma sample's cell in the maps of 8 × 8 samples. */
  int cell(int x, int y) {
    return ((y >> 3) - (bandTop << (sps.log2Ctb - 3)) + 1) * cellStride + (x >> 3);
  }

  /** Returns the index of a CTB of the band, or of the row above it, in its maps. */
  int ctb(int ctbX, int ctbY) {
    return (ctbY - bandTop + 1) * widthInCtbs + ctbX;
  }

  boolean sameTile(int ctbX, int ctbY, int otherX, int otherY) {
    return tileColumns[ctbX] == tileColumns[otherX] && tileRows[ctbY] == tileRows[otherY];
  }

  int tileColumn(int ctbX) {
    return tileColumns[ctbX];
  }

  int tileRow(int ctbY) {
    return tileRows[ctbY];
  }

  /** Returns the slice of a CTB of the band or the row above, or null if it is not decoded. */
  @Nullable SliceHeader slice(int ctbX, int ctbY) {
    return ctbX < 0 || ctbX >= widthInCtbs || ctbY < 0 ? null : slices[ctb(ctbX, ctbY)];
  }

  /** Returns whether a neighbor is decoded and in the same slice and tile (6.4.1). */
  boolean available(SliceHeader slice, int ctbX, int ctbY, int otherX, int otherY) {
    SliceHeader other = slice(otherX, otherY);
    return other != null
        && other.sliceAddress == slice.sliceAddress
        && sameTile(ctbX, ctbY, otherX, otherY);
  }

  /** Returns whether in-loop filters are applied across the border to an earlier CTB (7.4.7.1). */
  boolean filterAcross(SliceHeader slice, int ctbX, int ctbY, int otherX, int otherY) {
    SliceHeader other = slice(otherX, otherY);
    return other != null
        && (slice.loopFilterAcross || other.sliceAddress == slice.sliceAddress)
        && (pps.loopFilterAcrossTiles || sameTile(ctbX, ctbY, otherX, otherY));
  }
}
