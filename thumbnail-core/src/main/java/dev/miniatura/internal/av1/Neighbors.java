package dev.miniatura.internal.av1;

import java.util.Arrays;

/**
 * The data of neighboring blocks that later blocks need, along the lower edge of the decoded area
 * (by column) and along its right edge (by row within the superblock, thus & 31), in units of 4
 * luma samples; levels and signs of coefficients in units of 4 samples of their plane.
 */
final class Neighbors {

  private static final int LEFT = 32;

  /** One side of the neighborhood. */
  static final class Edge {
    final byte[]
        sizeLog2; // size of the block, along the edge: Mi_Width_Log2 above, height to the left
    final byte[] skip;
    final byte[] yMode;
    final byte[] uvMode;
    final byte[] inter;
    final byte[] txSize; // InterTxSizes: log2 of width above, of height left
    final byte[][] paletteSize;
    final short[][] paletteColors; // 8 for each unit
    final byte[][] level;
    final byte[][] dcCategory;

    private Edge(int length, int planes, boolean palette) {
      int padded = length + LEFT; // blocks may extend beyond the frame
      sizeLog2 = new byte[padded];
      skip = new byte[padded];
      yMode = new byte[padded];
      uvMode = new byte[padded];
      inter = new byte[padded];
      txSize = new byte[padded];
      paletteSize = new byte[2][padded];
      paletteColors = new short[2][palette ? padded * 8 : 0];
      level = new byte[planes][padded];
      dcCategory = new byte[planes][padded];
    }

    /** Clears the data from {@code from} to {@code to}. */
    void clear(int from, int to) {
      Arrays.fill(skip, from, to, (byte) 0);
      Arrays.fill(yMode, from, to, (byte) Modes.DC_PRED);
      Arrays.fill(uvMode, from, to, (byte) Modes.DC_PRED);
      Arrays.fill(inter, from, to, (byte) 0);
      Arrays.fill(paletteSize[0], from, to, (byte) 0);
      Arrays.fill(paletteSize[1], from, to, (byte) 0);
    }

    void clearCoefficients(int plane, int from, int to) {
      Arrays.fill(level[plane], from, to, (byte) 0);
      Arrays.fill(dcCategory[plane], from, to, (byte) 0);
    }

    /** Stores the data of a block for these units. */
    void set(Block block, int from, int to, int log2) {
      Arrays.fill(sizeLog2, from, to, (byte) log2);
      Arrays.fill(skip, from, to, (byte) (block.skip ? 1 : 0));
      Arrays.fill(yMode, from, to, (byte) block.yMode);
      if (block.hasChroma) {
        Arrays.fill(uvMode, from, to, (byte) block.uvMode);
      }
      Arrays.fill(inter, from, to, (byte) (block.inter ? 1 : 0));
      if (paletteColors[0].length > 0) {
        setPalette(0, block.paletteSizeY, block.paletteColors[0], from, to);
        setPalette(1, block.paletteSizeUv, block.paletteColors[1], from, to);
      }
    }

    private void setPalette(int plane, int size, short[] colors, int from, int to) {
      Arrays.fill(paletteSize[plane], from, to, (byte) size);
      if (size > 0) {
        for (int i = from; i < to; i++) {
          System.arraycopy(colors, 0, paletteColors[plane], i * 8, size);
        }
      }
    }
  }

  /** Returns the bytes that an edge of a frame takes. */
  static long bytes(int miCols, boolean palette) {
    return (miCols + LEFT) * (14L + (palette ? 32 : 0));
  }

  /** Creates the edge above, of a whole frame. */
  static Edge above(FrameHeader frame) {
    return new Edge(frame.miCols, frame.sequence.planes(), frame.screenContentTools);
  }

  /** Creates the edge to the left, of one row of superblocks. */
  static Edge left(FrameHeader frame) {
    return new Edge(LEFT, frame.sequence.planes(), frame.screenContentTools);
  }

  private Neighbors() {}
}
