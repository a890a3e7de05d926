package dev.miniatura.internal.webp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The data of each macroblock in a frame's first partition (RFC 6386, section 19.3). */
final class MacroblockModes {

  private static final int[] SEGMENT_TREE = {2, 4, ~0, ~1, ~2, ~3};

  private final int columns;
  private final boolean[] skipped;
  private final boolean[] whole;
  private final byte[] chroma;
  private final byte[] subblocks; // 16 each; all the same if the macroblock is whole

  MacroblockModes(int columns, int rows) {
    this.columns = columns;
    int count = Math.multiplyExact(columns, rows);
    skipped = new boolean[count];
    whole = new boolean[count];
    chroma = new byte[count];
    subblocks = new byte[Math.multiplyExact(16, count)];
  }

  int columns() {
    return columns;
  }

  void setWhole(int at, int mode, int chromaMode, boolean skip) {
    whole[at] = true;
    Arrays.fill(subblocks, 16 * at, 16 * at + 16, (byte) mode);
    chroma[at] = (byte) chromaMode;
    skipped[at] = skip;
  }

  void setSubblocks(int at, int[] modes, int chromaMode, boolean skip) {
    whole[at] = false;
    for (int i = 0; i < 16; i++) {
      subblocks[16 * at + i] = (byte) modes[i];
    }
    chroma[at] = (byte) chromaMode;
    skipped[at] = skip;
  }

  /** Returns the probability that a macroblock has coefficients, in 1/256; 0 if all have. */
  int skipProbability() {
    int coded = 0;
    for (boolean skip : skipped) {
      coded += skip ? 0 : 1;
    }
    int without = skipped.length - coded;
    return without == 0 ? 0 : TokenProbabilities.fitting(coded, without);
  }

  /**
   * Writes all macroblocks.
   *
   * @param segmentation null if there are no segments
   * @param skipProbability 0 if macroblocks have no flag for coefficients
   */
  void write(
      BoolEncoder out,
      @Nullable Segmentation segmentation,
      int[] segmentProbabilities,
      int skipProbability) {
    int[] above = new int[4 * columns];
    int[] left = new int[4];
    for (int at = 0; at < whole.length; at++) {
      int column = at % columns;
      if (column == 0) {
        Arrays.fill(left, IntraModes.DC);
      }
      if (segmentation != null) {
        out.tree(SEGMENT_TREE, segmentProbabilities, 0, segmentation.segment(at));
      }
      if (skipProbability > 0) {
        out.bit(skipProbability, skipped[at] ? 1 : 0);
      }
      out.bit(145, whole[at] ? 1 : 0);
      if (whole[at]) {
        int mode = subblocks[16 * at];
        writeWhole(out, mode);
        Arrays.fill(above, 4 * column, 4 * column + 4, mode);
        Arrays.fill(left, mode);
      } else {
        writeSubblocks(out, 16 * at, above, 4 * column, left);
      }
      writeChroma(out, chroma[at]);
    }
  }

  private static void writeWhole(BoolEncoder out, int mode) {
    boolean straight = mode == IntraModes.DC || mode == IntraModes.VE;
    out.bit(156, straight ? 0 : 1);
    out.bit(straight ? 163 : 128, mode == IntraModes.DC || mode == IntraModes.HE ? 0 : 1);
  }

  private void writeSubblocks(BoolEncoder out, int from, int[] above, int column, int[] left) {
    for (int i = 0; i < 16; i++) {
      int x = column + (i & 3);
      int y = i >> 2;
      int mode = subblocks[from + i];
      int at = (above[x] * IntraModes.MODES + left[y]) * IntraModes.NODES;
      out.tree(IntraModes.TREE, IntraModes.PROBABILITIES, at, mode);
      above[x] = mode;
      left[y] = mode;
    }
  }

  private static void writeChroma(BoolEncoder out, int mode) {
    out.bit(142, mode == IntraModes.DC ? 0 : 1);
    if (mode != IntraModes.DC) {
      out.bit(114, mode == IntraModes.VE ? 0 : 1);
      if (mode != IntraModes.VE) {
        out.bit(183, mode == IntraModes.HE ? 0 : 1);
      }
    }
  }
}
