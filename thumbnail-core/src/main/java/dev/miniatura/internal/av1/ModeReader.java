package dev.miniatura.internal.av1;

import dev.miniatura.MalformedImageException;

/** Reads intra_frame_mode_info( ) (clause 5.11.7) of the blocks of one tile. */
final class ModeReader {

  private static final int SMALL = 3; // DELTA_Q_SMALL, DELTA_LF_SMALL
  private static final int MAX_LOOP_FILTER = 63;

  private final FrameState state;
  private final FrameHeader header;
  private final Tile tile;
  private final SymbolDecoder in;
  private final Neighbors.Edge above;
  private final Neighbors.Edge left;
  private final Block block;
  private final PaletteReader palettes;

  private boolean readDeltas;
  private int currentQIndex;
  private final int[] deltaLf = new int[4];
  private final int[] levels = new int[4];

  ModeReader(FrameState state, Tile tile, SymbolDecoder in, Neighbors.Edge left, Block block) {
    this.state = state;
    this.header = state.header;
    this.tile = tile;
    this.in = in;
    this.above = state.above;
    this.left = left;
    this.block = block;
    palettes = new PaletteReader(header, in, above, left, block);
    currentQIndex = header.baseQIndex;
  }

  void startSuperblock() {
    readDeltas = header.deltaQPresent;
  }

  /** Reads the modes of the block, including its color indexes. */
  void read() throws MalformedImageException {
    Block b = block;
    int row = b.miRow & 31;
    int col = b.miCol;
    b.skip = false;
    b.segmentId = 0;
    if (header.segIdPreSkip) {
      readSegmentId();
    }
    if (header.segIdPreSkip && header.featureActive(b.segmentId, FrameHeader.SEG_LVL_SKIP)) {
      b.skip = true;
    } else {
      b.skip =
          in.flag(
              Cdfs.SKIP + 3 * (above.skip[col] * bit(b.availU) + left.skip[row] * bit(b.availL)));
    }
    if (!header.segIdPreSkip) {
      readSegmentId();
    }
    b.lossless = header.lossless[b.segmentId];
    readCdef();
    readDeltas();
    readDeltas = false;
    int base = header.deltaQPresent ? currentQIndex : header.baseQIndex;
    b.qIndex = header.segmentQIndex(b.segmentId, base);
    b.paletteSizeY = 0;
    b.paletteSizeUv = 0;
    b.useFilterIntra = false;
    b.angleDeltaY = 0;
    b.angleDeltaUv = 0;
    b.inter = header.intrabc && in.flag(Cdfs.INTRABC);
    if (b.inter) {
      b.yMode = Modes.DC_PRED;
      b.uvMode = Modes.DC_PRED;
      MotionField motion = state.motion;
      if (motion != null) {
        motion.read(in, b, tile, header.sequence.superblock128);
      }
    } else {
      b.mvRow = 0;
      b.mvCol = 0;
      readIntraModes(row, col);
    }
  }

  private static int bit(boolean flag) {
    return flag ? 1 : 0;
  }

  private void readIntraModes(int row, int col) {
    Block b = block;
    int aboveMode = Modes.CONTEXT[b.availU ? above.yMode[col] : Modes.DC_PRED];
    int leftMode = Modes.CONTEXT[b.availL ? left.yMode[row] : Modes.DC_PRED];
    b.yMode = in.symbol(Cdfs.Y_MODE + 14 * (5 * aboveMode + leftMode), 13);
    boolean angles = b.size >= Blocks.BLOCK_8X8;
    if (angles && Modes.directional(b.yMode)) {
      b.angleDeltaY = in.symbol(Cdfs.ANGLE_DELTA + 8 * (b.yMode - Modes.V_PRED), 7) - 3;
    }
    int widthMi = b.widthMi;
    int heightMi = b.heightMi;
    if (b.hasChroma) {
      if (chromaFromLumaAllowed()) {
        b.uvMode = in.symbol(Cdfs.UV_MODE_CFL + 15 * b.yMode, 14);
        if (b.uvMode == Modes.UV_CFL_PRED) {
          readCflAlphas();
        }
      } else {
        b.uvMode = in.symbol(Cdfs.UV_MODE + 14 * b.yMode, 13);
      }
      if (angles && Modes.directional(b.uvMode)) {
        b.angleDeltaUv = in.symbol(Cdfs.ANGLE_DELTA + 8 * (b.uvMode - Modes.V_PRED), 7) - 3;
      }
    }
    if (angles && widthMi <= 16 && heightMi <= 16 && header.screenContentTools) {
      palettes.readModes();
    }
    if (header.sequence.filterIntra
        && b.yMode == Modes.DC_PRED
        && b.paletteSizeY == 0
        && Math.max(widthMi, heightMi) <= 8) {
      b.useFilterIntra = in.flag(Cdfs.FILTER_INTRA + 3 * b.size);
      if (b.useFilterIntra) {
        b.filterIntraMode = in.symbol(Cdfs.FILTER_INTRA_MODE, 5);
      }
    }
    palettes.readTokens();
  }

  private boolean chromaFromLumaAllowed() {
    if (block.lossless) {
      int subX = header.sequence.subsamplingX;
      int subY = header.sequence.subsamplingY;
      return Blocks.subsampled(block.size, subX, subY) == Blocks.BLOCK_4X4;
    }
    return Math.max(block.widthMi, block.heightMi) <= 8;
  }

  private void readCflAlphas() {
    int signs = in.symbol(Cdfs.CFL_SIGN, 8);
    int signU = (signs + 1) / 3;
    int signV = (signs + 1) % 3;
    block.cflAlphaU = signU == 0 ? 0 : readCflAlpha((signU - 1) * 3 + signV, signU);
    block.cflAlphaV = signV == 0 ? 0 : readCflAlpha((signV - 1) * 3 + signU, signV);
  }

  private int readCflAlpha(int context, int sign) {
    int alpha = 1 + in.symbol(Cdfs.CFL_ALPHA + 17 * context, 16);
    return sign == 1 ? -alpha : alpha; // CFL_SIGN_NEG
  }

  private void readSegmentId() throws MalformedImageException {
    if (!header.segmentation) {
      return;
    }
    Block b = block;
    int stride = state.segmentStride;
    int rowAbove = (b.miRow - 1 & 63) * stride + b.miCol;
    int before = (b.miRow & 63) * stride + b.miCol - 1;
    byte[] ids = state.segmentIds;
    int prevUl = b.availU && b.availL ? ids[rowAbove - 1] : -1;
    int prevU = b.availU ? ids[rowAbove] : -1;
    int prevL = b.availL ? ids[before] : -1;
    int predicted;
    if (prevU == -1) {
      predicted = Math.max(prevL, 0);
    } else if (prevL == -1) {
      predicted = prevU;
    } else {
      predicted = prevUl == prevU ? prevU : prevL;
    }
    if (b.skip) {
      b.segmentId = predicted;
      return;
    }
    int context;
    if (prevUl < 0) {
      context = 0;
    } else if (prevUl == prevU && prevUl == prevL) {
      context = 2;
    } else if (prevUl == prevU || prevUl == prevL || prevU == prevL) {
      context = 1;
    } else {
      context = 0;
    }
    int coded = in.symbol(Cdfs.SEGMENT_ID + 9 * context, 8);
    int id = deinterleave(coded, predicted, header.lastActiveSegId + 1);
    if (id < 0 || id > header.lastActiveSegId) {
      throw in.malformed("segment_id " + id);
    }
    b.segmentId = id;
  }

  /** neg_deinterleave( ). */
  private static int deinterleave(int coded, int reference, int count) {
    if (reference == 0) {
      return coded;
    }
    if (reference >= count - 1) {
      return count - coded - 1;
    }
    boolean low = 2 * reference < count;
    int reach = low ? 2 * reference : 2 * (count - reference - 1);
    if (coded <= reach) {
      return (coded & 1) != 0 ? reference + ((coded + 1) >> 1) : reference - (coded >> 1);
    }
    return low ? coded : count - (coded + 1);
  }

  private void readCdef() {
    if (block.skip || !header.cdefCoded) {
      return;
    }
    int row = block.miRow >> 4;
    int col = block.miCol >> 4;
    byte[] index = state.cdefIndex;
    if (index[row * state.cdefStride + col] != -1) {
      return;
    }
    byte value = (byte) in.literal(header.cdefBits);
    int right = Math.min(col + Math.max(block.widthMi >> 4, 1), state.cdefStride);
    int bottom = Math.min(row + Math.max(block.heightMi >> 4, 1), (header.miRows + 15) >> 4);
    for (int y = row; y < bottom; y++) {
      for (int x = col; x < right; x++) {
        index[y * state.cdefStride + x] = value;
      }
    }
  }

  /** read_delta_qindex( ), read_delta_lf( ). */
  private void readDeltas() {
    int whole = header.sequence.superblock128 ? Blocks.BLOCK_128X128 : Blocks.BLOCK_64X64;
    if (!readDeltas || (block.size == whole && block.skip)) {
      return;
    }
    int delta = readDelta(Cdfs.DELTA_Q);
    if (delta != 0) {
      int index = currentQIndex + (delta << header.deltaQShift);
      currentQIndex = Math.max(1, Math.min(255, index));
    }
    if (!header.deltaLfPresent) {
      return;
    }
    int count = !header.deltaLfMulti ? 1 : header.sequence.monochrome ? 2 : 4;
    for (int i = 0; i < count; i++) {
      int at = header.deltaLfMulti ? Cdfs.DELTA_LF_MULTI + 5 * i : Cdfs.DELTA_LF;
      int level = deltaLf[i] + (readDelta(at) << header.deltaLfShift);
      deltaLf[i] = Math.max(-MAX_LOOP_FILTER, Math.min(MAX_LOOP_FILTER, level));
    }
  }

  private int readDelta(int at) {
    int magnitude = in.symbol(at, SMALL + 1);
    if (magnitude == SMALL) {
      int bits = in.literal(3) + 1;
      magnitude = in.literal(bits) + (1 << bits) + 1;
    }
    return magnitude != 0 && in.bit() != 0 ? -magnitude : magnitude;
  }

  /** Stores the levels of the block for the loop filter. */
  void storeFilterLevels(int right, int bottom) {
    for (int i = 0; i < 4; i++) {
      int delta = deltaLf[header.deltaLfMulti ? i : 0];
      levels[i] = LoopFilter.level(header, block.segmentId, i, delta);
    }
    byte[] to = state.filterLevels;
    for (int y = block.miRow; y < bottom; y++) {
      for (int x = block.miCol; x < right; x++) {
        int at = 4 * (y * header.miCols + x);
        for (int i = 0; i < 4; i++) {
          to[at + i] = (byte) levels[i];
        }
      }
    }
  }
}
