package dev.miniatura.internal.av1;

/** Sizes of blocks and of transforms, and the specification's derived values. */
final class Blocks {

  // Block sizes, in the order of the specification (clause 6.10.4).
  static final int BLOCK_4X4 = 0;
  static final int BLOCK_8X8 = 3;
  static final int BLOCK_64X64 = 12;
  static final int BLOCK_128X128 = 15;
  static final int BLOCK_SIZES = 22;
  static final int BLOCK_INVALID = -1;

  /** Mi_Width_Log2 and Mi_Height_Log2: in units of 4 samples. */
  static final int[] MI_WIDTH_LOG2 = {
    0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 0, 2, 1, 3, 2, 4
  };

  static final int[] MI_HEIGHT_LOG2 = {
    0, 1, 0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5, 4, 5, 2, 0, 3, 1, 4, 2
  };

  // Partitions (clause 6.10.4).
  static final int PARTITION_NONE = 0;
  static final int PARTITION_HORZ = 1;
  static final int PARTITION_VERT = 2;
  static final int PARTITION_SPLIT = 3;
  static final int PARTITION_HORZ_A = 4;
  static final int PARTITION_HORZ_B = 5;
  static final int PARTITION_VERT_A = 6;
  static final int PARTITION_VERT_B = 7;
  static final int PARTITION_HORZ_4 = 8;
  static final int PARTITION_VERT_4 = 9;

  // Transform sizes.
  static final int TX_4X4 = 0;
  static final int TX_8X8 = 1;
  static final int TX_16X16 = 2;
  static final int TX_32X32 = 3;
  static final int TX_64X64 = 4;
  static final int TX_16X32 = 9;
  static final int TX_32X16 = 10;
  static final int TX_SIZES_ALL = 19;

  static final int[] TX_WIDTH_LOG2 = {2, 3, 4, 5, 6, 2, 3, 3, 4, 4, 5, 5, 6, 2, 4, 3, 5, 4, 6};

  static final int[] TX_HEIGHT_LOG2 = {2, 3, 4, 5, 6, 3, 2, 4, 3, 5, 4, 6, 5, 4, 2, 5, 3, 6, 4};

  static final int[] SPLIT_TX_SIZE = {0, 0, 1, 2, 3, 0, 0, 1, 1, 2, 2, 3, 3, 5, 6, 7, 8, 9, 10};

  /** Max_Tx_Size_Rect, by block size. */
  static final int[] MAX_TX_SIZE = {
    0, 5, 6, 1, 7, 8, 2, 9, 10, 3, 11, 12, 4, 4, 4, 4, 13, 14, 15, 16, 17, 18
  };

  /** Max_Tx_Depth, by block size. */
  static final int[] MAX_TX_DEPTH = {
    0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 2, 2, 3, 3, 4, 4
  };

  private static final int[] BLOCK_OF_LOG2 = byLog2(MI_WIDTH_LOG2, MI_HEIGHT_LOG2, 0);
  private static final int[] TX_OF_LOG2 = byLog2(TX_WIDTH_LOG2, TX_HEIGHT_LOG2, 2);

  private Blocks() {}

  private static int[] byLog2(int[] widths, int[] heights, int base) {
    int[] index = new int[64];
    java.util.Arrays.fill(index, BLOCK_INVALID);
    for (int i = 0; i < widths.length; i++) {
      index[(widths[i] - base) << 3 | heights[i] - base] = i;
    }
    return index;
  }

  /**
   * Returns the block size with the given sides in units of 4 samples, {@link #BLOCK_INVALID} if
   * there is none.
   */
  static int block(int widthLog2, int heightLog2) {
    return BLOCK_OF_LOG2[widthLog2 << 3 | heightLog2];
  }

  /** Returns the transform size with the given sides in samples: find_tx_size. */
  static int transform(int widthLog2, int heightLog2) {
    return TX_OF_LOG2[(widthLog2 - 2) << 3 | heightLog2 - 2];
  }

  /** Returns Tx_Size_Sqr: of the shorter side. */
  static int square(int txSize) {
    return Math.min(TX_WIDTH_LOG2[txSize], TX_HEIGHT_LOG2[txSize]) - 2;
  }

  /** Returns Tx_Size_Sqr_Up: of the longer side. */
  static int squareUp(int txSize) {
    return Math.max(TX_WIDTH_LOG2[txSize], TX_HEIGHT_LOG2[txSize]) - 2;
  }

  /** Returns get_plane_residual_size( ); {@link #BLOCK_INVALID} if the specification forbids it. */
  static int subsampled(int size, int subX, int subY) {
    int width = MI_WIDTH_LOG2[size];
    int height = MI_HEIGHT_LOG2[size];
    if ((subX != 0 && subY == 0 && width < height) || (subX == 0 && subY != 0 && width > height)) {
      return size == BLOCK_4X4 ? BLOCK_4X4 : BLOCK_INVALID;
    }
    return block(Math.max(width - subX, 0), Math.max(height - subY, 0));
  }

  /** Returns Partition_Subsize for a square block. */
  static int partitioned(int partition, int log2) {
    return switch (partition) {
      case PARTITION_NONE -> block(log2, log2);
      case PARTITION_HORZ, PARTITION_HORZ_A, PARTITION_HORZ_B -> block(log2, log2 - 1);
      case PARTITION_VERT, PARTITION_VERT_A, PARTITION_VERT_B -> block(log2 - 1, log2);
      case PARTITION_SPLIT -> block(log2 - 1, log2 - 1);
      case PARTITION_HORZ_4 -> block(log2, log2 - 2);
      default -> block(log2 - 2, log2);
    };
  }
}
