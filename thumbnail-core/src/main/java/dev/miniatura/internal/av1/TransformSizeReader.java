package dev.miniatura.internal.av1;

import java.util.Arrays;

/**
 * Reads read_block_tx_size( ) (clause 5.11.15) and keeps the sizes for the contexts of other
 * blocks.
 */
final class TransformSizeReader {

  private static final int MAX_VARTX_DEPTH = 2;

  private final FrameHeader header;
  private final SymbolDecoder in;
  private final Neighbors.Edge above;
  private final Neighbors.Edge left;
  private final Block block;

  TransformSizeReader(
      FrameHeader header,
      SymbolDecoder in,
      Neighbors.Edge above,
      Neighbors.Edge left,
      Block block) {
    this.header = header;
    this.in = in;
    this.above = above;
    this.left = left;
    this.block = block;
  }

  void read() {
    Block b = block;
    int largest = Blocks.MAX_TX_SIZE[b.size];
    if (header.txModeSelect && b.size > Blocks.BLOCK_4X4 && b.inter && !b.skip && !b.lossless) {
      int width = 1 << (Blocks.TX_WIDTH_LOG2[largest] - 2);
      int height = 1 << (Blocks.TX_HEIGHT_LOG2[largest] - 2);
      for (int row = b.miRow; row < b.miRow + b.heightMi; row += height) {
        for (int col = b.miCol; col < b.miCol + b.widthMi; col += width) {
          readTree(row, col, largest, 0);
        }
      }
      return;
    }
    readSize(largest, !b.skip || !b.inter);
    int row = b.miRow & 31;
    Arrays.fill(above.txSize, b.miCol, b.miCol + b.widthMi, (byte) Blocks.TX_WIDTH_LOG2[b.txSize]);
    Arrays.fill(left.txSize, row, row + b.heightMi, (byte) Blocks.TX_HEIGHT_LOG2[b.txSize]);
    if (b.inter) {
      for (int y = row; y < row + b.heightMi; y++) {
        int at = y * 32 + (b.miCol & 31);
        Arrays.fill(b.txSizes, at, at + b.widthMi, (byte) b.txSize);
      }
    }
  }

  private void readSize(int largest, boolean select) {
    Block b = block;
    b.txSize = b.lossless ? Blocks.TX_4X4 : largest;
    if (b.lossless || b.size == Blocks.BLOCK_4X4 || !select || !header.txModeSelect) {
      return;
    }
    int row = b.miRow & 31;
    int aboveLog2 = 0;
    if (b.availU) {
      boolean inter = above.inter[b.miCol] != 0;
      aboveLog2 = inter ? above.sizeLog2[b.miCol] + 2 : above.txSize[b.miCol];
    }
    int leftLog2 = 0;
    if (b.availL) {
      leftLog2 = left.inter[row] != 0 ? left.sizeLog2[row] + 2 : left.txSize[row];
    }
    int context = aboveLog2 >= Blocks.TX_WIDTH_LOG2[largest] ? 1 : 0;
    context += leftLog2 >= Blocks.TX_HEIGHT_LOG2[largest] ? 1 : 0;
    int depth = Blocks.MAX_TX_DEPTH[b.size];
    int splits;
    if (depth == 1) {
      splits = in.symbol(Cdfs.TX_8 + 3 * context, 2);
    } else {
      splits = in.symbol(Cdfs.TX_16 + 4 * (3 * (depth - 2) + context), 3);
    }
    for (int i = 0; i < splits; i++) {
      b.txSize = Blocks.SPLIT_TX_SIZE[b.txSize];
    }
  }

  /** read_var_tx_size( ). */
  private void readTree(int row, int col, int txSize, int depth) {
    if (row >= header.miRows || col >= header.miCols) {
      return;
    }
    int width = 1 << (Blocks.TX_WIDTH_LOG2[txSize] - 2);
    int height = 1 << (Blocks.TX_HEIGHT_LOG2[txSize] - 2);
    boolean split =
        txSize != Blocks.TX_4X4
            && depth < MAX_VARTX_DEPTH
            && in.flag(Cdfs.TXFM_SPLIT + 3 * splitContext(row, col, txSize));
    if (split) {
      int part = Blocks.SPLIT_TX_SIZE[txSize];
      int stepX = 1 << (Blocks.TX_WIDTH_LOG2[part] - 2);
      int stepY = 1 << (Blocks.TX_HEIGHT_LOG2[part] - 2);
      for (int y = 0; y < height; y += stepY) {
        for (int x = 0; x < width; x += stepX) {
          readTree(row + y, col + x, part, depth + 1);
        }
      }
      return;
    }
    block.txSize = txSize;
    int edgeRow = row & 31;
    Arrays.fill(above.txSize, col, col + width, (byte) Blocks.TX_WIDTH_LOG2[txSize]);
    Arrays.fill(left.txSize, edgeRow, edgeRow + height, (byte) Blocks.TX_HEIGHT_LOG2[txSize]);
    for (int y = edgeRow; y < edgeRow + height; y++) {
      int at = y * 32 + (col & 31);
      Arrays.fill(block.txSizes, at, at + width, (byte) txSize);
    }
  }

  private int splitContext(int row, int col, int txSize) {
    Block b = block;
    int edgeRow = row & 31;
    int aboveLog2 = above.txSize[col];
    if (row == b.miRow) {
      if (!b.availU) {
        aboveLog2 = 6;
      } else if (above.skip[col] != 0 && above.inter[col] != 0) {
        aboveLog2 = above.sizeLog2[col] + 2;
      }
    }
    int leftLog2 = left.txSize[edgeRow];
    if (col == b.miCol) {
      if (!b.availL) {
        leftLog2 = 6;
      } else if (left.skip[edgeRow] != 0 && left.inter[edgeRow] != 0) {
        leftLog2 = left.sizeLog2[edgeRow] + 2;
      }
    }
    int context = aboveLog2 < Blocks.TX_WIDTH_LOG2[txSize] ? 1 : 0;
    context += leftLog2 < Blocks.TX_HEIGHT_LOG2[txSize] ? 1 : 0;
    int side = Math.max(Blocks.MI_WIDTH_LOG2[b.size], Blocks.MI_HEIGHT_LOG2[b.size]);
    int most = Math.min(Blocks.TX_64X64, side);
    return context + (Blocks.squareUp(txSize) != most ? 3 : 0) + (Blocks.TX_64X64 - most) * 6;
  }
}
