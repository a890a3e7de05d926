package dev.miniatura.internal.av1;

import java.util.Arrays;

/** Vectors of intra block copy in a frame (clauses 5.11.26, 7.10.2), in whole luma samples. */
final class MotionField {

  private static final int STACK = 8; // MAX_REF_MV_STACK_SIZE
  private static final int BORDER = 16; // MV_BORDER of 128, in whole samples
  private static final int DELAY = 256; // INTRABC_DELAY_PIXELS
  private static final int UNSEEN = 0;
  private static final int INTRA = 1;
  private static final int INTER = 2;

  private final int miCols;
  private final int miRows;
  private final byte[] kinds;
  private final byte[] sizes;
  private final short[] mvRows;
  private final short[] mvCols;

  private final int[] stackRow = new int[STACK + 2];
  private final int[] stackCol = new int[STACK + 2];
  private final int[] weight = new int[STACK + 2];
  private int found;

  MotionField(FrameHeader header) {
    miCols = header.miCols;
    miRows = header.miRows;
    kinds = new byte[miCols * miRows];
    sizes = new byte[miCols * miRows];
    mvRows = new short[miCols * miRows];
    mvCols = new short[miCols * miRows];
  }

  static long bytes(FrameHeader header) {
    return 6L * header.miCols * header.miRows;
  }

  /** Remembers a block. */
  void set(Block block) {
    int end = Math.min(block.miCol + block.widthMi, miCols);
    int last = Math.min(block.miRow + block.heightMi, miRows);
    for (int row = block.miRow; row < last; row++) {
      int from = row * miCols + block.miCol;
      int to = row * miCols + end;
      Arrays.fill(kinds, from, to, (byte) (block.inter ? INTER : INTRA));
      Arrays.fill(sizes, from, to, (byte) block.size);
      Arrays.fill(mvRows, from, to, (short) block.mvRow);
      Arrays.fill(mvCols, from, to, (short) block.mvCol);
    }
  }

  /** Reads assign_mv( ) of a block with intra block copy. */
  void read(SymbolDecoder in, Block block, Tile tile, boolean superblock128) {
    findStack(block, tile);
    int row = found > 0 ? stackRow[0] : 0;
    int col = found > 0 ? stackCol[0] : 0;
    if (row == 0 && col == 0 && found > 1) {
      row = stackRow[1];
      col = stackCol[1];
    }
    if (row == 0 && col == 0) {
      int side = superblock128 ? 32 : 16;
      if (block.miRow - side < tile.miRowStart()) {
        col = -(side * 4 + DELAY);
      } else {
        row = -side * 4;
      }
    }
    int joint = in.symbol(Cdfs.MV_JOINT, 4);
    if (joint >= 2) { // MV_JOINT_HZVNZ, MV_JOINT_HNZVNZ
      row += readComponent(in, 0);
    }
    if ((joint & 1) != 0) { // MV_JOINT_HNZVZ, MV_JOINT_HNZVNZ
      col += readComponent(in, 1);
    }
    block.mvRow = row;
    block.mvCol = col;
  }

  private static int readComponent(SymbolDecoder in, int component) {
    int at = Cdfs.MV_COMPONENT + component * Cdfs.MV_COMPONENT_SIZE;
    boolean negative = in.flag(at + Cdfs.MV_SIGN);
    int mvClass = in.symbol(at + Cdfs.MV_CLASS, 11);
    int magnitude; // in whole samples, as the fraction is 3 and hp is 1
    if (mvClass == 0) {
      magnitude = in.symbol(at + Cdfs.MV_CLASS0_BIT, 2) + 1;
    } else {
      int bits = 0;
      for (int i = 0; i < mvClass; i++) {
        bits |= in.symbol(at + Cdfs.MV_BIT + 3 * i, 2) << i;
      }
      magnitude = (2 << (mvClass + 2) >> 3) + bits + 1;
    }
    return negative ? -magnitude : magnitude;
  }

  private void findStack(Block block, Tile tile) {
    found = 0;
    int width = block.widthMi;
    int height = block.heightMi;
    scanRow(block, tile, -1);
    scanCol(block, tile, -1);
    if (Math.max(width, height) <= 16) {
      scanPoint(block, tile, -1, width);
    }
    int nearest = found;
    scanPoint(block, tile, -1, -1);
    scanRow(block, tile, -3);
    scanCol(block, tile, -3);
    if (height > 1) {
      scanRow(block, tile, -5);
    }
    if (width > 1) {
      scanCol(block, tile, -5);
    }
    sort(0, nearest);
    sort(nearest, found);
    for (int i = 0; i < found; i++) {
      int rowBorder = BORDER + height * 4;
      int colBorder = BORDER + width * 4;
      stackRow[i] =
          clamp(
              stackRow[i],
              -block.miRow * 4 - rowBorder,
              (miRows - height - block.miRow) * 4 + rowBorder);
      stackCol[i] =
          clamp(
              stackCol[i],
              -block.miCol * 4 - colBorder,
              (miCols - width - block.miCol) * 4 + colBorder);
    }
  }

  private static int clamp(int value, int low, int high) {
    return Math.max(low, Math.min(high, value));
  }

  private void scanRow(Block block, Tile tile, int distance) {
    int width = block.widthMi;
    int end = Math.min(Math.min(width, miCols - block.miCol), 16);
    int deltaRow = distance;
    int deltaCol = 0;
    if (distance < -1) {
      deltaRow += block.miRow & 1;
      deltaCol = 1 - (block.miCol & 1);
    }
    int row = block.miRow + deltaRow;
    for (int i = 0; i < end; ) {
      int col = block.miCol + deltaCol + i;
      if (!tile.contains(row, col)) {
        break;
      }
      int length = Math.min(width, 1 << Blocks.MI_WIDTH_LOG2[sizes[row * miCols + col]]);
      length = stride(length, deltaRow, width);
      add(row, col, 2 * length);
      i += length;
    }
  }

  private void scanCol(Block block, Tile tile, int distance) {
    int height = block.heightMi;
    int end = Math.min(Math.min(height, miRows - block.miRow), 16);
    int deltaCol = distance;
    int deltaRow = 0;
    if (distance < -1) {
      deltaRow = 1 - (block.miRow & 1);
      deltaCol += block.miCol & 1;
    }
    int col = block.miCol + deltaCol;
    for (int i = 0; i < end; ) {
      int row = block.miRow + deltaRow + i;
      if (!tile.contains(row, col)) {
        break;
      }
      int length = Math.min(height, 1 << Blocks.MI_HEIGHT_LOG2[sizes[row * miCols + col]]);
      length = stride(length, deltaCol, height);
      add(row, col, 2 * length);
      i += length;
    }
  }

  private static int stride(int length, int delta, int side) {
    int least = side >= 16 ? 4 : delta < -1 ? 2 : 1;
    return Math.max(length, least);
  }

  private void scanPoint(Block block, Tile tile, int deltaRow, int deltaCol) {
    int row = block.miRow + deltaRow;
    int col = block.miCol + deltaCol;
    if (tile.contains(row, col) && kinds[row * miCols + col] != UNSEEN) {
      add(row, col, 4);
    }
  }

  private void add(int row, int col, int points) {
    int at = row * miCols + col;
    if (kinds[at] != INTER) {
      return;
    }
    for (int i = 0; i < found; i++) {
      if (stackRow[i] == mvRows[at] && stackCol[i] == mvCols[at]) {
        weight[i] += points;
        return;
      }
    }
    if (found < STACK) {
      stackRow[found] = mvRows[at];
      stackCol[found] = mvCols[at];
      weight[found++] = points;
    }
  }

  /** Sorts by descending weight; stable. */
  private void sort(int start, int end) {
    for (int i = start + 1; i < end; i++) {
      for (int k = i; k > start && weight[k - 1] < weight[k]; k--) {
        swap(weight, k);
        swap(stackRow, k);
        swap(stackCol, k);
      }
    }
  }

  private static void swap(int[] array, int index) {
    int kept = array[index];
    array[index] = array[index - 1];
    array[index - 1] = kept;
  }
}
