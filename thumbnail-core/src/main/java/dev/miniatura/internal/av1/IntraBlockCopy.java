package dev.miniatura.internal.av1;

import dev.miniatura.MalformedImageException;

/**
 * Prediction of blocks from previously decoded parts of the frame (clauses 5.11.33, 7.11.3).
 * Vectors are whole luma samples; in subsampled chroma they may point between two samples, and the
 * bilinear filter takes the mean, rounded as in the steps of the clause.
 */
final class IntraBlockCopy {

  private IntraBlockCopy() {}

  /** Predicts all planes of a block. */
  static void copy(Block block, Tile tile, FrameHeader header, Plane[] planes, SymbolDecoder in)
      throws MalformedImageException {
    check(block, tile, in);
    SequenceHeader sequence = header.sequence;
    for (int plane = 0; plane < (block.hasChroma ? 3 : 1); plane++) {
      int subX = plane > 0 ? sequence.subsamplingX : 0;
      int subY = plane > 0 ? sequence.subsamplingY : 0;
      int x = (block.miCol >> subX) * 4;
      int y = (block.miRow >> subY) * 4;
      int width = Math.max(4, (block.widthMi * 4) >> subX);
      int height = Math.max(4, (block.heightMi * 4) >> subY);
      copy(header, sequence, plane, planes[plane], x, y, width, height, block.mvRow, block.mvCol);
    }
  }

  /** Requires that the source lies in the tile (clause 6.10.25). */
  private static void check(Block block, Tile tile, SymbolDecoder in)
      throws MalformedImageException {
    int top = block.miRow * 4 + block.mvRow;
    int left = block.miCol * 4 + block.mvCol;
    boolean inside =
        top >= tile.miRowStart() * 4
            && left >= tile.miColStart() * 4
            && top + block.heightMi * 4 <= tile.miRowEnd() * 4
            && left + block.widthMi * 4 <= tile.miColEnd() * 4;
    if (!inside) {
      throw in.malformed("intra block copy from outside its tile");
    }
  }

  private static void copy(
      FrameHeader header,
      SequenceHeader sequence,
      int plane,
      Plane target,
      int x,
      int y,
      int width,
      int height,
      int mvRow,
      int mvCol) {
    int subX = plane > 0 ? sequence.subsamplingX : 0;
    int subY = plane > 0 ? sequence.subsamplingY : 0;
    int lastX = ((header.miCols * 4 + subX) >> subX) - 1;
    int lastY = ((header.miRows * 4 + subY) >> subY) - 1;
    boolean halfX = subX != 0 && (mvCol & 1) != 0;
    boolean halfY = subY != 0 && (mvRow & 1) != 0;
    int fromX = x + (mvCol >> subX);
    int fromY = y + (mvRow >> subY);
    short[] samples = target.samples;
    int round0 = sequence.bitDepth == 12 ? 5 : 3;
    int round1 = 14 - round0;
    for (int i = 0; i < height; i++) {
      int row0 = target.at(0, clamp(fromY + i, lastY));
      int row1 = target.at(0, clamp(fromY + i + 1, lastY));
      int to = target.at(x, y + i);
      for (int k = 0; k < width; k++) {
        int col0 = clamp(fromX + k, lastX);
        int col1 = clamp(fromX + k + 1, lastX);
        int upper = between(samples[row0 + col0], samples[row0 + col1], halfX, round0);
        int lower = between(samples[row1 + col0], samples[row1 + col1], halfX, round0);
        int sum = halfY ? 64 * upper + 64 * lower : 128 * upper;
        samples[to + k] = (short) ((sum + (1 << (round1 - 1))) >> round1);
      }
    }
  }

  private static int between(int first, int second, boolean half, int round) {
    int sum = half ? 64 * first + 64 * second : 128 * first;
    return (sum + (1 << (round - 1))) >> round;
  }

  private static int clamp(int value, int last) {
    return Math.max(0, Math.min(last, value));
  }
}
