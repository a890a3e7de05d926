package dev.miniatura.internal.av1;

import java.util.Arrays;

/** Reads or derives transform types (clauses 5.11.47, 5.11.40). */
final class TxTypeReader {

  static final int[] INTRA_SET_1 = {9, 0, 10, 11, 3, 1, 2};
  static final int[] INTRA_SET_2 = {9, 0, 3, 1, 2};
  static final int[] INTER_SET_1 = {9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 4, 5, 3, 6, 7, 8};
  static final int[] INTER_SET_2 = {9, 10, 11, 0, 1, 2, 4, 5, 3, 6, 7, 8};
  static final int[] INTER_SET_3 = {9, 0};
  private static final int[] FILTER_INTRA_DIRECTION = {0, 1, 2, 6, 0}; // 6 is D157_PRED

  private final FrameHeader header;
  private final SymbolDecoder in;
  private final Block block;
  private final int subX;
  private final int subY;

  TxTypeReader(FrameHeader header, SymbolDecoder in, Block block) {
    this.header = header;
    this.in = in;
    this.block = block;
    subX = header.sequence.subsamplingX;
    subY = header.sequence.subsamplingY;
  }

  /** get_tx_set( ), 0 for DCT only. */
  private int txSet(int txSize) {
    int up = Blocks.squareUp(txSize);
    if (up > Blocks.TX_32X32) {
      return 0;
    }
    int square = Blocks.square(txSize);
    if (block.inter) {
      return header.reducedTxSet || up == Blocks.TX_32X32 ? 3 : square == Blocks.TX_16X16 ? 2 : 1;
    }
    if (up == Blocks.TX_32X32) {
      return 0;
    }
    return header.reducedTxSet || square == Blocks.TX_16X16 ? 2 : 1;
  }

  /** transform_type( ) of luma. */
  int read(int txSize) {
    int set = txSet(txSize);
    if (set == 0 || header.segmentQIndex(block.segmentId) == 0) {
      return Modes.DCT_DCT;
    }
    int square = Blocks.square(txSize);
    if (block.inter) {
      return switch (set) {
        case 1 -> INTER_SET_1[in.symbol(Cdfs.INTER_TX_1 + 17 * square, 16)];
        case 2 -> INTER_SET_2[in.symbol(Cdfs.INTER_TX_2, 12)];
        default -> INTER_SET_3[in.symbol(Cdfs.INTER_TX_3 + 3 * square, 2)];
      };
    }
    int direction =
        block.useFilterIntra ? FILTER_INTRA_DIRECTION[block.filterIntraMode] : block.yMode;
    if (set == 1) {
      return INTRA_SET_1[in.symbol(Cdfs.INTRA_TX_1 + 8 * (13 * square + direction), 7)];
    }
    return INTRA_SET_2[in.symbol(Cdfs.INTRA_TX_2 + 6 * (13 * square + direction), 5)];
  }

  /** Stores the type of a luma block for the corresponding chroma. */
  void store(int type, int width4, int height4, int col, int row) {
    if (!block.inter) {
      return;
    }
    for (int y = row; y < row + height4; y++) {
      int at = (y & 31) * 32 + (col & 31);
      Arrays.fill(block.txTypes, at, at + width4, (byte) type);
    }
  }

  /** compute_tx_type( ) of chroma. */
  int ofChroma(int txSize, int col, int row) {
    if (block.lossless || Blocks.squareUp(txSize) > Blocks.TX_32X32) {
      return Modes.DCT_DCT;
    }
    int set = txSet(txSize);
    if (block.inter) {
      int lumaCol = Math.max(block.miCol, col << subX);
      int lumaRow = Math.max(block.miRow, row << subY);
      int type = block.txTypes[(lumaRow & 31) * 32 + (lumaCol & 31)];
      boolean allowed =
          switch (set) {
            case 1 -> true;
            case 2 -> type < Modes.V_ADST;
            case 3 -> type == Modes.IDTX;
            default -> false;
          };
      return allowed ? type : Modes.DCT_DCT;
    }
    int type = Modes.MODE_TO_TXFM[block.uvMode];
    return set == 0 ? Modes.DCT_DCT : type; // both other sets include ADST and DCT
  }
}
