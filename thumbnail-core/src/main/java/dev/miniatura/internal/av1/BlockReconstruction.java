package dev.miniatura.internal.av1;

import dev.miniatura.MalformedImageException;
import java.util.Arrays;

/** Predicts and reconstructs the transform blocks of a block (clauses 5.11.34 to 5.11.38). */
final class BlockReconstruction {

  private static final int FLAGS = 35; // length of a row of BlockDecoded, from -1 to 33

  private final FrameState state;
  private final FrameHeader header;
  private final Tile tile;
  private final SymbolDecoder in;
  private final Neighbors.Edge above;
  private final Neighbors.Edge left;
  private final Block block;
  private final CoefficientReader coefficients;
  private final IntraPredictor predictor;
  private final ChromaFromLuma chromaFromLuma;
  private final InverseTransform transform;
  private final byte[][] decoded = new byte[3][FLAGS * FLAGS];
  private final int sbMask;
  private final int subX;
  private final int subY;

  BlockReconstruction(
      FrameState state,
      Tile tile,
      SymbolDecoder in,
      Neighbors.Edge left,
      Block block,
      Workspace workspace) {
    this.state = state;
    this.header = state.header;
    this.tile = tile;
    this.in = in;
    this.above = state.above;
    this.left = left;
    this.block = block;
    SequenceHeader sequence = header.sequence;
    coefficients = new CoefficientReader(header, in, above, left, block, workspace);
    predictor = new IntraPredictor(sequence.bitDepth, sequence.intraEdgeFilter, workspace);
    chromaFromLuma = new ChromaFromLuma(sequence, workspace);
    transform = new InverseTransform(sequence.bitDepth, workspace);
    sbMask = sequence.superblock128 ? 31 : 15;
    subX = sequence.subsamplingX;
    subY = sequence.subsamplingY;
  }

  /** clear_block_decoded_flags( ). */
  void startSuperblock(int row, int col) {
    for (int plane = 0; plane < header.sequence.planes(); plane++) {
      int x = plane > 0 ? subX : 0;
      int y = plane > 0 ? subY : 0;
      byte[] flags = decoded[plane];
      Arrays.fill(flags, (byte) 0);
      int width = Math.min((tile.miColEnd() - col) >> x, ((sbMask + 1) >> x) + 1);
      int height = Math.min((tile.miRowEnd() - row) >> y, ((sbMask + 1) >> y) + 1);
      Arrays.fill(flags, 0, width + 1, (byte) 1);
      for (int i = 0; i < Math.min(height, (sbMask + 1) >> y); i++) {
        flags[(i + 1) * FLAGS] = 1;
      }
    }
  }

  /** Reads the residual and reconstructs the block. */
  void decode() throws MalformedImageException {
    Block b = block;
    coefficients.startBlock();
    if (b.inter) {
      IntraBlockCopy.copy(b, tile, header, state.planes, in);
    }
    int wide = Math.max(1, b.widthMi >> 4);
    int high = Math.max(1, b.heightMi >> 4);
    int chunk = wide > 1 || high > 1 ? Blocks.BLOCK_64X64 : b.size;
    int planes = b.hasChroma ? 3 : 1;
    for (int chunkY = 0; chunkY < high; chunkY++) {
      for (int chunkX = 0; chunkX < wide; chunkX++) {
        for (int plane = 0; plane < planes; plane++) {
          decodeChunk(plane, chunk, chunkX, chunkY);
        }
      }
    }
  }

  private void decodeChunk(int plane, int chunk, int chunkX, int chunkY) {
    Block b = block;
    int x = plane > 0 ? subX : 0;
    int y = plane > 0 ? subY : 0;
    int size = Blocks.subsampled(chunk, x, y);
    int width = 1 << Blocks.MI_WIDTH_LOG2[size];
    int height = 1 << Blocks.MI_HEIGHT_LOG2[size];
    if (b.inter && !b.lossless && plane == 0) {
      int startX = (b.miCol + (chunkX << 4)) * 4;
      int startY = (b.miRow + (chunkY << 4)) * 4;
      decodeTree(startX, startY, width * 4, height * 4);
      return;
    }
    int txSize = b.lossless ? Blocks.TX_4X4 : plane == 0 ? b.txSize : chromaTxSize();
    int stepX = 1 << (Blocks.TX_WIDTH_LOG2[txSize] - 2);
    int stepY = 1 << (Blocks.TX_HEIGHT_LOG2[txSize] - 2);
    int baseX = (b.miCol >> x) * 4;
    int baseY = (b.miRow >> y) * 4;
    int fromX = (chunkX << 4) >> x;
    int fromY = (chunkY << 4) >> y;
    for (int i = fromY; i < fromY + height; i += stepY) {
      for (int k = fromX; k < fromX + width; k += stepX) {
        decodeTransformBlock(plane, baseX, baseY, txSize, k, i);
      }
    }
  }

  /** get_tx_size( ) of chroma. */
  private int chromaTxSize() {
    int size = Blocks.MAX_TX_SIZE[Blocks.subsampled(block.size, subX, subY)];
    int width = Math.min(Blocks.TX_WIDTH_LOG2[size], 5);
    int height = Math.min(Blocks.TX_HEIGHT_LOG2[size], 5);
    return Blocks.transform(width, height);
  }

  /** transform_tree( ). */
  private void decodeTree(int startX, int startY, int width, int height) {
    if (startX >= header.miCols * 4 || startY >= header.miRows * 4) {
      return;
    }
    int txSize = block.txSizes[(startY >> 2 & 31) * 32 + (startX >> 2 & 31)];
    int txWidth = 1 << Blocks.TX_WIDTH_LOG2[txSize];
    int txHeight = 1 << Blocks.TX_HEIGHT_LOG2[txSize];
    if (width <= txWidth && height <= txHeight) {
      int widthLog2 = Integer.numberOfTrailingZeros(width);
      int heightLog2 = Integer.numberOfTrailingZeros(height);
      decodeTransformBlock(0, startX, startY, Blocks.transform(widthLog2, heightLog2), 0, 0);
      return;
    }
    int stepX = width >= height ? width / 2 : width;
    int stepY = height >= width ? height / 2 : height;
    for (int y = 0; y < height; y += stepY) {
      for (int x = 0; x < width; x += stepX) {
        decodeTree(startX + x, startY + y, stepX, stepY);
      }
    }
  }

  /** transform_block( ): x and y count units of 4 samples from the base. */
  private void decodeTransformBlock(int plane, int baseX, int baseY, int txSize, int x, int y) {
    Block b = block;
    int startX = baseX + 4 * x;
    int startY = baseY + 4 * y;
    int sx = plane > 0 ? subX : 0;
    int sy = plane > 0 ? subY : 0;
    if (startX >= (header.miCols * 4) >> sx || startY >= (header.miRows * 4) >> sy) {
      return;
    }
    int col = startX >> 2;
    int row = startY >> 2;
    int flagX = col & sbMask >> sx;
    int flagY = row & sbMask >> sy;
    int stepX = 1 << (Blocks.TX_WIDTH_LOG2[txSize] - 2);
    int stepY = 1 << (Blocks.TX_HEIGHT_LOG2[txSize] - 2);
    int flag = (flagY + 1) * FLAGS + flagX + 1;
    Plane target = state.planes[plane];
    if (!b.inter) {
      if ((plane == 0 ? b.paletteSizeY : b.paletteSizeUv) > 0) {
        predictPalette(plane, startX, startY, x, y, txSize);
      } else {
        boolean haveLeft = (plane == 0 ? b.availL : b.availLChroma) || x > 0;
        boolean haveAbove = (plane == 0 ? b.availU : b.availUChroma) || y > 0;
        predictor.haveAboveRight = decoded[plane][flag - FLAGS + stepX] != 0;
        predictor.haveBelowLeft = decoded[plane][flag + stepY * FLAGS - 1] != 0;
        predictor.maxX = ((header.miCols * 4) >> sx) - 1;
        predictor.maxY = ((header.miRows * 4) >> sy) - 1;
        predict(plane, target, startX, startY, haveLeft, haveAbove, txSize);
      }
      if (plane == 0) {
        b.maxLumaW = startX + stepX * 4;
        b.maxLumaH = startY + stepY * 4;
      }
    }
    if (!b.skip) {
      int eob = coefficients.read(plane, txSize, col, row);
      if (eob > 0) {
        transform.add(coefficients.txType, txSize, b.lossless, eob, target, startX, startY);
      }
    }
    storeTxSize(plane, txSize, col, row, stepX, stepY);
    for (int i = 0; i < stepY; i++) {
      int at = flag + i * FLAGS;
      Arrays.fill(decoded[plane], at, at + stepX, (byte) 1);
    }
  }

  private void storeTxSize(int plane, int txSize, int col, int row, int stepX, int stepY) {
    byte[] to = plane == 0 ? state.lumaTxSize : state.chromaTxSize;
    if (plane == 2 || to.length == 0) {
      return;
    }
    int stride = plane == 0 ? state.txStride : state.chromaTxStride;
    for (int i = row; i < row + stepY; i++) {
      Arrays.fill(to, i * stride + col, i * stride + col + stepX, (byte) txSize);
    }
  }

  private void predict(
      int plane, Plane target, int x, int y, boolean haveLeft, boolean haveAbove, int txSize) {
    Block b = block;
    int widthLog2 = Blocks.TX_WIDTH_LOG2[txSize];
    int heightLog2 = Blocks.TX_HEIGHT_LOG2[txSize];
    predictor.prepare(target, x, y, haveLeft, haveAbove, widthLog2, heightLog2);
    int mode = plane == 0 ? b.yMode : b.uvMode;
    if (plane == 0 && b.useFilterIntra) {
      predictor.recursive(target, x, y, b.filterIntraMode);
    } else if (Modes.directional(mode)) {
      int delta = plane == 0 ? b.angleDeltaY : b.angleDeltaUv;
      boolean smooth = header.sequence.intraEdgeFilter && smoothNeighbor(plane);
      predictor.directional(target, x, y, Modes.MODE_TO_ANGLE[mode] + delta * 3, smooth);
    } else if (Modes.smooth(mode)) {
      predictor.smooth(target, x, y, mode);
    } else if (mode == Modes.PAETH_PRED) {
      predictor.paeth(target, x, y);
    } else {
      predictor.dc(target, x, y);
    }
    if (mode == Modes.UV_CFL_PRED) {
      int alpha = plane == 1 ? b.cflAlphaU : b.cflAlphaV;
      Plane luma = state.planes[0];
      chromaFromLuma.add(luma, target, x, y, widthLog2, heightLog2, alpha, b.maxLumaW, b.maxLumaH);
    }
  }

  /** get_filter_type( ): whether a neighbor uses a smooth mode. */
  private boolean smoothNeighbor(int plane) {
    Block b = block;
    int col = b.miCol;
    int row = b.miRow & 31;
    if (plane == 0) {
      return (b.availU && Modes.smooth(above.yMode[col]))
          || (b.availL && Modes.smooth(left.yMode[row]));
    }
    int chromaCol = subX != 0 ? col | 1 : col;
    int chromaRow = subY != 0 ? row | 1 : row;
    return (b.availUChroma && Modes.smooth(above.uvMode[chromaCol]))
        || (b.availLChroma && Modes.smooth(left.uvMode[chromaRow]));
  }

  private void predictPalette(int plane, int startX, int startY, int x, int y, int txSize) {
    Block b = block;
    Plane target = state.planes[plane];
    byte[] map = plane == 0 ? b.colorMapY : b.colorMapUv;
    short[] colors = b.paletteColors[plane];
    int width = 1 << Blocks.TX_WIDTH_LOG2[txSize];
    int height = 1 << Blocks.TX_HEIGHT_LOG2[txSize];
    for (int i = 0; i < height; i++) {
      int from = (y * 4 + i) * 64 + x * 4;
      int to = target.at(startX, startY + i);
      for (int k = 0; k < width; k++) {
        target.samples[to + k] = colors[map[from + k]];
      }
    }
  }
}
