package dev.miniatura.internal.av1;

import java.util.Arrays;

/** Reads and dequantizes the coefficients of transform blocks (clauses 5.11.39, 7.12.3). */
final class CoefficientReader {

  private static final int PAD = 4; // number of levels beyond the block that contexts use

  /** Coeff_Base_Ctx_Offset of squares, tall and wide blocks, by min( row, 4 ) and min( col, 4 ). */
  private static final byte[][] BASE_OFFSET = {
    {0, 1, 6, 6, 21, 1, 6, 6, 21, 21, 6, 6, 21, 21, 21, 6, 21, 21, 21, 21, 21, 21, 21, 21, 21},
    {
      0, 11, 11, 11, 11, 11, 11, 11, 11, 11, 6, 6, 21, 21, 21, 6, 21, 21, 21, 21, 21, 21, 21, 21, 21
    },
    {0, 16, 6, 6, 21, 16, 16, 6, 21, 21, 16, 16, 21, 21, 21, 16, 16, 21, 21, 21, 16, 16, 21, 21, 21}
  };

  private static final int[] EOB_PT = {
    Cdfs.EOB_PT_16,
    Cdfs.EOB_PT_32,
    Cdfs.EOB_PT_64,
    Cdfs.EOB_PT_128,
    Cdfs.EOB_PT_256,
    Cdfs.EOB_PT_512,
    Cdfs.EOB_PT_1024
  };

  int txType;

  private final FrameHeader header;
  private final SymbolDecoder in;
  private final Neighbors.Edge above;
  private final Neighbors.Edge left;
  private final Block block;
  private final TxTypeReader txTypes;
  private final byte[] levels;
  private final int[] coefficients;
  private final int subX;
  private final int subY;
  private final int bitDepth;
  private final int[] dcQ = new int[3];
  private final int[] acQ = new int[3];

  CoefficientReader(
      FrameHeader header,
      SymbolDecoder in,
      Neighbors.Edge above,
      Neighbors.Edge left,
      Block block,
      Workspace workspace) {
    this.header = header;
    this.in = in;
    this.above = above;
    this.left = left;
    this.block = block;
    txTypes = new TxTypeReader(header, in, block);
    levels = workspace.levels;
    coefficients = workspace.coefficients;
    subX = header.sequence.subsamplingX;
    subY = header.sequence.subsamplingY;
    bitDepth = header.sequence.bitDepth;
  }

  /** Sets the quantizers of the block. */
  void startBlock() {
    for (int plane = 0; plane < header.sequence.planes(); plane++) {
      dcQ[plane] = Quantizers.dc(bitDepth, block.qIndex + header.deltaQDc[plane]);
      acQ[plane] = Quantizers.ac(bitDepth, block.qIndex + header.deltaQAc[plane]);
    }
  }

  /**
   * Reads a block into the coefficients of the workspace, at row × min( width, 32 ) + column.
   *
   * @param col column of the block, in units of 4 samples of the plane
   * @return the number of coefficients in scan order up to the last that is not 0
   */
  int read(int plane, int txSize, int col, int row) {
    int widthLog2 = Blocks.TX_WIDTH_LOG2[txSize];
    int heightLog2 = Blocks.TX_HEIGHT_LOG2[txSize];
    int width4 = 1 << (widthLog2 - 2);
    int height4 = 1 << (heightLog2 - 2);
    int edgeRow = row & 31 >> (plane > 0 ? subY : 0);
    int sizeContext = (Blocks.square(txSize) + Blocks.squareUp(txSize) + 1) >> 1;
    int seenX = Math.min(width4, (header.miCols >> (plane > 0 ? subX : 0)) - col);
    int seenY = Math.min(height4, (header.miRows >> (plane > 0 ? subY : 0)) - row);
    int context = allZeroContext(plane, widthLog2, heightLog2, col, edgeRow, seenX, seenY);
    int culLevel = 0;
    int dcCategory = 0;
    int eob = 0;
    if (in.flag(Cdfs.TXB_SKIP + 3 * (13 * sizeContext + context))) {
      if (plane == 0) {
        txTypes.store(Modes.DCT_DCT, width4, height4, col, row);
      }
    } else {
      if (plane == 0) {
        txType = txTypes.read(txSize);
        txTypes.store(txType, width4, height4, col, row);
      } else {
        txType = txTypes.ofChroma(txSize, col, row);
      }
      int txClass = Modes.txClass(txType);
      short[] scan = Scans.scan(txSize, txClass);
      eob = readEob(plane, widthLog2, heightLog2, sizeContext, txClass);
      readLevels(plane, txSize, sizeContext, txClass, scan, eob);
      int signContext = dcSignContext(plane, col, edgeRow, seenX, seenY);
      culLevel = readSigns(plane, txSize, scan, eob, signContext);
      dcCategory = lastDc == 0 ? 0 : lastDc < 0 ? 1 : 2;
    }
    Arrays.fill(above.level[plane], col, col + width4, (byte) culLevel);
    Arrays.fill(above.dcCategory[plane], col, col + width4, (byte) dcCategory);
    Arrays.fill(left.level[plane], edgeRow, edgeRow + height4, (byte) culLevel);
    Arrays.fill(left.dcCategory[plane], edgeRow, edgeRow + height4, (byte) dcCategory);
    return eob;
  }

  private int lastDc; // sign of the first coefficient, 0 if it is 0

  private int allZeroContext(
      int plane, int widthLog2, int heightLog2, int col, int row, int seenX, int seenY) {
    byte[] aboveLevel = above.level[plane];
    byte[] leftLevel = left.level[plane];
    if (plane == 0) {
      int top = 0;
      int side = 0;
      for (int i = 0; i < seenX; i++) {
        top = Math.max(top, aboveLevel[col + i]);
      }
      for (int i = 0; i < seenY; i++) {
        side = Math.max(side, leftLevel[row + i]);
      }
      if (Blocks.MI_WIDTH_LOG2[block.size] + 2 == widthLog2
          && Blocks.MI_HEIGHT_LOG2[block.size] + 2 == heightLog2) {
        return 0;
      }
      int larger = Math.max(top, side);
      int smaller = Math.min(top, side);
      if (larger == 0) {
        return 1;
      }
      if (smaller == 0) {
        return larger > 3 ? 3 : 2;
      }
      return larger <= 3 ? 4 : smaller <= 3 ? 5 : 6;
    }
    int top = 0;
    int side = 0;
    for (int i = 0; i < seenX; i++) {
      top |= aboveLevel[col + i] | above.dcCategory[plane][col + i];
    }
    for (int i = 0; i < seenY; i++) {
      side |= leftLevel[row + i] | left.dcCategory[plane][row + i];
    }
    int context = 7 + (top != 0 ? 1 : 0) + (side != 0 ? 1 : 0);
    int size = Blocks.subsampled(block.size, subX, subY);
    int area = Blocks.MI_WIDTH_LOG2[size] + Blocks.MI_HEIGHT_LOG2[size] + 4;
    return area > widthLog2 + heightLog2 ? context + 3 : context;
  }

  private int dcSignContext(int plane, int col, int row, int seenX, int seenY) {
    int sum = 0;
    for (int i = 0; i < seenX; i++) {
      sum += sign(above.dcCategory[plane][col + i]);
    }
    for (int i = 0; i < seenY; i++) {
      sum += sign(left.dcCategory[plane][row + i]);
    }
    return sum == 0 ? 0 : sum < 0 ? 1 : 2;
  }

  private static int sign(int category) {
    return category == 0 ? 0 : 2 * category - 3;
  }

  private int readEob(int plane, int widthLog2, int heightLog2, int sizeContext, int txClass) {
    int type = plane > 0 ? 1 : 0;
    int multi = Math.min(widthLog2, 5) + Math.min(heightLog2, 5) - 4;
    int count = multi + 5;
    int context = multi < 5 ? 2 * type + (txClass == Modes.TX_CLASS_2D ? 0 : 1) : type;
    int point = in.symbol(EOB_PT[multi] + (count + 1) * context, count) + 1;
    if (point < 3) {
      return point;
    }
    int eob = (1 << (point - 2)) + 1;
    int shift = point - 3;
    int at = Cdfs.EOB_EXTRA + 3 * (9 * (2 * sizeContext + type) + shift);
    if (in.flag(at)) {
      eob += 1 << shift;
    }
    for (int i = shift - 1; i >= 0; i--) {
      eob += in.bit() << i;
    }
    return eob;
  }

  private void readLevels(
      int plane, int txSize, int sizeContext, int txClass, short[] scan, int eob) {
    int type = plane > 0 ? 1 : 0;
    int widthLog2 = Math.min(Blocks.TX_WIDTH_LOG2[txSize], 5);
    int heightLog2 = Math.min(Blocks.TX_HEIGHT_LOG2[txSize], 5);
    int width = 1 << widthLog2;
    int stride = width + PAD;
    Arrays.fill(levels, 0, stride * ((1 << heightLog2) + PAD), (byte) 0);
    int fullWidth = Blocks.TX_WIDTH_LOG2[txSize];
    int fullHeight = Blocks.TX_HEIGHT_LOG2[txSize];
    byte[] offsets = BASE_OFFSET[fullWidth == fullHeight ? 0 : fullWidth < fullHeight ? 1 : 2];
    int base = Cdfs.COEFF_BASE + 5 * 42 * (2 * sizeContext + type);
    int br = Cdfs.COEFF_BR + 5 * 21 * (2 * Math.min(sizeContext, 3) + type);
    for (int c = eob - 1; c >= 0; c--) {
      int pos = scan[c];
      int row = pos >> widthLog2;
      int col = pos & width - 1;
      int at = row * stride + col;
      int level;
      if (c == eob - 1) {
        int area = 1 << (widthLog2 + heightLog2);
        int context = c == 0 ? 0 : c <= area / 8 ? 1 : c <= area / 4 ? 2 : 3;
        int cdf = Cdfs.COEFF_BASE_EOB + 4 * (4 * (2 * sizeContext + type) + context);
        level = in.symbol(cdf, 3) + 1;
      } else {
        int context = baseContext(txClass, at, stride, row, col, offsets);
        level = in.symbol(base + 5 * context, 4);
      }
      if (level > 2) {
        int cdf = br + 5 * brContext(txClass, at, stride, row, col);
        for (int i = 0; i < 4; i++) {
          int more = in.symbol(cdf, 4);
          level += more;
          if (more < 3) {
            break;
          }
        }
      }
      levels[at] = (byte) level;
    }
  }

  private int low(int at) {
    return Math.min(levels[at], 3);
  }

  private int baseContext(int txClass, int at, int stride, int row, int col, byte[] offsets) {
    int sum = low(at + 1) + low(at + stride);
    if (txClass == Modes.TX_CLASS_2D) {
      sum += low(at + stride + 1) + low(at + 2) + low(at + 2 * stride);
      if (at == 0) {
        return 0;
      }
      int context = Math.min((sum + 1) >> 1, 4);
      return context + offsets[5 * Math.min(row, 4) + Math.min(col, 4)];
    }
    int step = txClass == Modes.TX_CLASS_HORIZ ? 1 : stride;
    sum += low(at + 2 * step) + low(at + 3 * step) + low(at + 4 * step);
    int index = txClass == Modes.TX_CLASS_VERT ? row : col;
    return Math.min((sum + 1) >> 1, 4) + 26 + 5 * Math.min(index, 2);
  }

  private int brContext(int txClass, int at, int stride, int row, int col) {
    int sum = levels[at + 1] + levels[at + stride];
    boolean near;
    if (txClass == Modes.TX_CLASS_2D) {
      sum += levels[at + stride + 1];
      near = row < 2 && col < 2;
    } else if (txClass == Modes.TX_CLASS_HORIZ) {
      sum += levels[at + 2];
      near = col == 0;
    } else {
      sum += levels[at + 2 * stride];
      near = row == 0;
    }
    int context = Math.min((sum + 1) >> 1, 6);
    return at == 0 ? context : near ? context + 7 : context + 14;
  }

  /** Reads signs and large levels, and dequantizes; returns culLevel. */
  private int readSigns(int plane, int txSize, short[] scan, int eob, int signContext) {
    int widthLog2 = Math.min(Blocks.TX_WIDTH_LOG2[txSize], 5);
    int width = 1 << widthLog2;
    int stride = width + PAD;
    int matrixLevel = header.matrixLevel[plane];
    byte[] matrix = null;
    if (header.quantizerMatrices
        && !block.lossless
        && txType < Modes.IDTX
        && matrixLevel < Quantizers.NO_MATRIX) {
      matrix = Quantizers.matrix(matrixLevel, plane > 0 ? 1 : 0, txSize);
    }
    int shift = denominatorShift(txSize);
    int low = -(1 << (7 + bitDepth));
    int high = (1 << (7 + bitDepth)) - 1;
    int culLevel = 0;
    lastDc = 0;
    for (int c = 0; c < eob; c++) {
      int pos = scan[c];
      int level = levels[(pos >> widthLog2) * stride + (pos & width - 1)];
      if (level == 0) {
        continue;
      }
      boolean negative;
      if (c == 0) {
        negative = in.flag(Cdfs.DC_SIGN + 3 * (3 * (plane > 0 ? 1 : 0) + signContext));
      } else {
        negative = in.bit() != 0;
      }
      if (level > 14) {
        level = readGolomb() + 14;
      }
      if (pos == 0) {
        lastDc = negative ? -1 : 1;
      }
      level &= 0xfffff;
      culLevel += level;
      int q = pos == 0 ? dcQ[plane] : acQ[plane];
      if (matrix != null) {
        q = (q * (matrix[pos] & 0xff) + 16) >> 5;
      }
      int value = (level * q & 0xffffff) >> shift;
      coefficients[pos] = negative ? Math.max(low, -value) : Math.min(high, value);
    }
    return Math.min(63, culLevel);
  }

  private int readGolomb() {
    int length = 0;
    do {
      length++;
    } while (in.bit() == 0 && length < 20);
    int value = 1;
    for (int i = length - 2; i >= 0; i--) {
      value = value << 1 | in.bit();
    }
    return value;
  }

  /** Returns the binary logarithm of dqDenom. */
  private static int denominatorShift(int txSize) {
    int area = Blocks.TX_WIDTH_LOG2[txSize] + Blocks.TX_HEIGHT_LOG2[txSize];
    return area > 10 ? 2 : area > 8 ? 1 : 0;
  }
}
