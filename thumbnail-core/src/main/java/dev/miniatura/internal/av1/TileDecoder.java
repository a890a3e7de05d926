package dev.miniatura.internal.av1;

import dev.miniatura.MalformedImageException;
import java.util.Arrays;

/** Decodes one tile by rows of superblocks (clauses 5.11.2 to 5.11.5). */
final class TileDecoder {

  private final FrameState state;
  private final FrameHeader header;
  private final Tile tile;
  private final SymbolDecoder in;
  private final Neighbors.Edge above;
  private final Neighbors.Edge left;
  private final Block block = new Block();
  private final ModeReader modes;
  private final TransformSizeReader transformSizes;
  private final BlockReconstruction reconstruction;
  private final RestorationUnits.References references = new RestorationUnits.References();
  private final int subX;
  private final int subY;

  TileDecoder(FrameState state, Tile tile, SymbolDecoder in, Workspace workspace) {
    this.state = state;
    this.header = state.header;
    this.tile = tile;
    this.in = in;
    above = state.above;
    left = Neighbors.left(header);
    subX = header.sequence.subsamplingX;
    subY = header.sequence.subsamplingY;
    modes = new ModeReader(state, tile, in, left, block);
    transformSizes = new TransformSizeReader(header, in, above, left, block);
    reconstruction = new BlockReconstruction(state, tile, in, left, block, workspace);
    above.clear(tile.miColStart(), tile.miColEnd());
    for (int plane = 0; plane < header.sequence.planes(); plane++) {
      int shift = plane > 0 ? subX : 0;
      above.clearCoefficients(plane, tile.miColStart() >> shift, tile.miColEnd() >> shift);
    }
  }

  /**
   * Decodes the row of superblocks that begins at {@code miRow}.
   *
   * @throws MalformedImageException if the syntax is invalid
   */
  void decodeRow(int miRow) throws MalformedImageException {
    left.clear(0, 32);
    for (int plane = 0; plane < header.sequence.planes(); plane++) {
      left.clearCoefficients(plane, 0, 32);
    }
    int log2 = header.sequence.superblock128 ? 5 : 4;
    int side = 1 << log2;
    for (int miCol = tile.miColStart(); miCol < tile.miColEnd(); miCol += side) {
      modes.startSuperblock();
      reconstruction.startSuperblock(miRow, miCol);
      state.restoration.read(in, header, references, miRow, miCol);
      decodePartition(miRow, miCol, log2);
    }
  }

  private void decodePartition(int row, int col, int log2) throws MalformedImageException {
    if (row >= header.miRows || col >= header.miCols) {
      return;
    }
    int half = 1 << log2 >> 1;
    int quarter = half >> 1;
    boolean hasRows = row + half < header.miRows;
    boolean hasCols = col + half < header.miCols;
    int partition =
        log2 == 0 ? Blocks.PARTITION_NONE : readPartition(row, col, log2, hasRows, hasCols);
    int size = Blocks.partitioned(partition, log2);
    int split = log2 == 0 ? size : Blocks.partitioned(Blocks.PARTITION_SPLIT, log2);
    if (size == Blocks.BLOCK_INVALID
        || (!header.sequence.monochrome
            && Blocks.subsampled(size, subX, subY) == Blocks.BLOCK_INVALID)) {
      throw in.malformed("partition not allowed with this subsampling");
    }
    switch (partition) {
      case Blocks.PARTITION_NONE -> decodeBlock(row, col, size);
      case Blocks.PARTITION_HORZ -> {
        decodeBlock(row, col, size);
        if (hasRows) {
          decodeBlock(row + half, col, size);
        }
      }
      case Blocks.PARTITION_VERT -> {
        decodeBlock(row, col, size);
        if (hasCols) {
          decodeBlock(row, col + half, size);
        }
      }
      case Blocks.PARTITION_SPLIT -> {
        decodePartition(row, col, log2 - 1);
        decodePartition(row, col + half, log2 - 1);
        decodePartition(row + half, col, log2 - 1);
        decodePartition(row + half, col + half, log2 - 1);
      }
      case Blocks.PARTITION_HORZ_A -> {
        decodeBlock(row, col, split);
        decodeBlock(row, col + half, split);
        decodeBlock(row + half, col, size);
      }
      case Blocks.PARTITION_HORZ_B -> {
        decodeBlock(row, col, size);
        decodeBlock(row + half, col, split);
        decodeBlock(row + half, col + half, split);
      }
      case Blocks.PARTITION_VERT_A -> {
        decodeBlock(row, col, split);
        decodeBlock(row + half, col, split);
        decodeBlock(row, col + half, size);
      }
      case Blocks.PARTITION_VERT_B -> {
        decodeBlock(row, col, size);
        decodeBlock(row, col + half, split);
        decodeBlock(row + half, col + half, split);
      }
      case Blocks.PARTITION_HORZ_4 -> {
        for (int i = 0; i < 4 && row + i * quarter < header.miRows; i++) {
          decodeBlock(row + i * quarter, col, size);
        }
      }
      default -> {
        for (int i = 0; i < 4 && col + i * quarter < header.miCols; i++) {
          decodeBlock(row, col + i * quarter, size);
        }
      }
    }
  }

  private int readPartition(int row, int col, int log2, boolean hasRows, boolean hasCols) {
    if (!hasRows && !hasCols) {
      return Blocks.PARTITION_SPLIT;
    }
    boolean smallerAbove = row > tile.miRowStart() && above.sizeLog2[col] < log2;
    boolean smallerLeft = col > tile.miColStart() && left.sizeLog2[row & 31] < log2;
    int context = (smallerLeft ? 2 : 0) + (smallerAbove ? 1 : 0);
    int at;
    int count;
    if (log2 == 1) {
      at = Cdfs.PARTITION_8 + 5 * context;
      count = 4;
    } else if (log2 == 5) {
      at = Cdfs.PARTITION_128 + 9 * context;
      count = 8;
    } else {
      at = Cdfs.PARTITION_16 + 11 * (4 * (log2 - 2) + context);
      count = 10;
    }
    if (hasRows && hasCols) {
      return in.symbol(at, count);
    }
    if (hasCols) {
      return in.flagOf(splitOrHorizontal(at, log2))
          ? Blocks.PARTITION_SPLIT
          : Blocks.PARTITION_HORZ;
    }
    return in.flagOf(splitOrVertical(at, log2)) ? Blocks.PARTITION_SPLIT : Blocks.PARTITION_VERT;
  }

  private int probability(int at, int partition) {
    int before = partition == 0 ? 32768 : in.cdfs[at + partition - 1];
    return before - in.cdfs[at + partition];
  }

  private int splitOrHorizontal(int at, int log2) {
    int sum = probability(at, Blocks.PARTITION_VERT) + probability(at, Blocks.PARTITION_SPLIT);
    if (log2 > 1) {
      sum += probability(at, Blocks.PARTITION_HORZ_A);
      sum += probability(at, Blocks.PARTITION_VERT_A);
      sum += probability(at, Blocks.PARTITION_VERT_B);
      sum += log2 < 5 ? probability(at, Blocks.PARTITION_VERT_4) : 0;
    }
    return sum;
  }

  private int splitOrVertical(int at, int log2) {
    int sum = probability(at, Blocks.PARTITION_HORZ) + probability(at, Blocks.PARTITION_SPLIT);
    if (log2 > 1) {
      sum += probability(at, Blocks.PARTITION_HORZ_A);
      sum += probability(at, Blocks.PARTITION_HORZ_B);
      sum += probability(at, Blocks.PARTITION_VERT_A);
      sum += log2 < 5 ? probability(at, Blocks.PARTITION_HORZ_4) : 0;
    }
    return sum;
  }

  private void decodeBlock(int row, int col, int size) throws MalformedImageException {
    Block b = block;
    b.miRow = row;
    b.miCol = col;
    b.size = size;
    int width = 1 << Blocks.MI_WIDTH_LOG2[size];
    int height = 1 << Blocks.MI_HEIGHT_LOG2[size];
    b.widthMi = width;
    b.heightMi = height;
    boolean odd =
        (height > 1 || subY == 0 || (row & 1) != 0) && (width > 1 || subX == 0 || (col & 1) != 0);
    b.hasChroma = odd && !header.sequence.monochrome;
    b.availU = row > tile.miRowStart();
    b.availL = col > tile.miColStart();
    b.availUChroma = b.hasChroma && (subY != 0 && height == 1 ? row - 1 : row) > tile.miRowStart();
    b.availLChroma = b.hasChroma && (subX != 0 && width == 1 ? col - 1 : col) > tile.miColStart();
    modes.read();
    transformSizes.read();
    if (b.skip) {
      resetCoefficients();
    }
    if (state.motion != null) {
      state.motion.set(b);
    }
    reconstruction.decode();
    remember();
  }

  private void resetCoefficients() {
    for (int plane = 0; plane < (block.hasChroma ? 3 : 1); plane++) {
      int x = plane > 0 ? subX : 0;
      int y = plane > 0 ? subY : 0;
      int right = (block.miCol + block.widthMi - 1) >> x;
      int bottom = ((block.miRow & 31) + block.heightMi - 1) >> y;
      above.clearCoefficients(plane, block.miCol >> x, right + 1);
      left.clearCoefficients(plane, (block.miRow & 31) >> y, bottom + 1);
    }
  }

  private void remember() {
    Block b = block;
    int row = b.miRow & 31;
    above.set(b, b.miCol, b.miCol + b.widthMi, Blocks.MI_WIDTH_LOG2[b.size]);
    left.set(b, row, row + b.heightMi, Blocks.MI_HEIGHT_LOG2[b.size]);
    int right = Math.min(b.miCol + b.widthMi, header.miCols);
    int bottom = Math.min(b.miRow + b.heightMi, header.miRows);
    if (state.segmentIds.length > 0) {
      for (int y = b.miRow; y < bottom; y++) {
        int at = (y & 63) * state.segmentStride;
        Arrays.fill(state.segmentIds, at + b.miCol, at + right, (byte) b.segmentId);
      }
    }
    if (state.coded.length > 0 && !b.skip) {
      for (int y = b.miRow >> 1; y < (bottom + 1) >> 1; y++) {
        int at = y * state.codedStride;
        Arrays.fill(state.coded, at + (b.miCol >> 1), at + ((right + 1) >> 1), (byte) 1);
      }
    }
    if (state.filterLevels.length > 0) {
      modes.storeFilterLevels(right, bottom);
    }
  }
}
