package dev.miniatura.internal.av1;

import java.util.Arrays;

/** Reads palettes and color indexes (clauses 5.11.46, 5.11.49, 5.11.50). */
final class PaletteReader {

  private static final int[] COLOR_CONTEXT = {-1, -1, 0, -1, -1, 4, 3, 2, 1};

  private final int bitDepth;
  private final int subX;
  private final int subY;
  private final FrameHeader header;
  private final SymbolDecoder in;
  private final Neighbors.Edge above;
  private final Neighbors.Edge left;
  private final Block block;
  private final short[] cache = new short[16];
  private final int[] order = new int[8];
  private final int[] scores = new int[8];

  PaletteReader(
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
    bitDepth = header.sequence.bitDepth;
    subX = header.sequence.subsamplingX;
    subY = header.sequence.subsamplingY;
  }

  /** Reads palette_mode_info( ). */
  void readModes() {
    Block b = block;
    int sizeContext = Blocks.MI_WIDTH_LOG2[b.size] + Blocks.MI_HEIGHT_LOG2[b.size] - 2;
    if (b.yMode == Modes.DC_PRED) {
      int context = b.availU && above.paletteSize[0][b.miCol] > 0 ? 1 : 0;
      context += b.availL && left.paletteSize[0][b.miRow & 31] > 0 ? 1 : 0;
      if (in.flag(Cdfs.PALETTE_Y_MODE + 3 * (3 * sizeContext + context))) {
        b.paletteSizeY = in.symbol(Cdfs.PALETTE_Y_SIZE + 8 * sizeContext, 7) + 2;
        readColors(0, b.paletteSizeY, 1);
      }
    }
    if (b.hasChroma && b.uvMode == Modes.DC_PRED) {
      if (in.flag(Cdfs.PALETTE_UV_MODE + (b.paletteSizeY > 0 ? 3 : 0))) {
        b.paletteSizeUv = in.symbol(Cdfs.PALETTE_UV_SIZE + 8 * sizeContext, 7) + 2;
        readColors(1, b.paletteSizeUv, 0);
        readColorsV();
      }
    }
  }

  private void readColors(int plane, int size, int step) {
    short[] colors = block.paletteColors[plane];
    int cached = fillCache(plane);
    int count = 0;
    for (int i = 0; i < cached && count < size; i++) {
      if (in.bit() != 0) {
        colors[count++] = cache[i];
      }
    }
    if (count < size) {
      colors[count++] = (short) in.literal(bitDepth);
      int bits = count < size ? bitDepth - 3 + in.literal(2) : 0;
      int most = (1 << bitDepth) - 1;
      while (count < size) {
        int delta = in.literal(bits) + step;
        int color = Math.min(colors[count - 1] + delta, most);
        colors[count++] = (short) color;
        bits = Math.min(bits, ceilLog2(most + 1 - color - step));
      }
    }
    Arrays.sort(colors, 0, size);
  }

  private static int ceilLog2(int value) {
    return value < 2 ? 0 : 32 - Integer.numberOfLeadingZeros(value - 1);
  }

  private void readColorsV() {
    short[] colors = block.paletteColors[2];
    int size = block.paletteSizeUv;
    if (in.bit() == 0) {
      for (int i = 0; i < size; i++) {
        colors[i] = (short) in.literal(bitDepth);
      }
      return;
    }
    int bits = bitDepth - 4 + in.literal(2);
    int color = in.literal(bitDepth);
    colors[0] = (short) color;
    for (int i = 1; i < size; i++) {
      int delta = in.literal(bits);
      if (delta != 0 && in.bit() != 0) {
        delta = -delta;
      }
      color = color + delta & (1 << bitDepth) - 1;
      colors[i] = (short) color;
    }
  }

  /** get_palette_cache( ): merges the palettes above and to the left. */
  private int fillCache(int plane) {
    int aboveAt = block.miCol * 8;
    int leftAt = (block.miRow & 31) * 8;
    boolean useAbove = block.availU && (block.miRow & 15) != 0;
    int aboveEnd = aboveAt + (useAbove ? above.paletteSize[plane][block.miCol] : 0);
    int leftEnd = leftAt + (block.availL ? left.paletteSize[plane][block.miRow & 31] : 0);
    short[] aboveColors = above.paletteColors[plane];
    short[] leftColors = left.paletteColors[plane];
    int count = 0;
    while (aboveAt < aboveEnd || leftAt < leftEnd) {
      short color;
      if (leftAt >= leftEnd || (aboveAt < aboveEnd && aboveColors[aboveAt] <= leftColors[leftAt])) {
        color = aboveColors[aboveAt++];
        if (leftAt < leftEnd && leftColors[leftAt] == color) {
          leftAt++;
        }
      } else {
        color = leftColors[leftAt++];
      }
      if (count == 0 || cache[count - 1] != color) {
        cache[count++] = color;
      }
    }
    return count;
  }

  /** Reads palette_tokens( ). */
  void readTokens() {
    Block b = block;
    int height = b.heightMi * 4;
    int width = b.widthMi * 4;
    int seenHeight = Math.min(height, (header.miRows - b.miRow) * 4);
    int seenWidth = Math.min(width, (header.miCols - b.miCol) * 4);
    if (b.paletteSizeY > 0) {
      int cdf = Cdfs.PALETTE_Y_COLOR + Cdfs.paletteColor(b.paletteSizeY);
      readMap(b.colorMapY, b.paletteSizeY, cdf, width, height, seenWidth, seenHeight);
    }
    if (b.paletteSizeUv > 0) {
      int cdf = Cdfs.PALETTE_UV_COLOR + Cdfs.paletteColor(b.paletteSizeUv);
      int moreX = width >> subX < 4 ? 2 : 0;
      int moreY = height >> subY < 4 ? 2 : 0;
      readMap(
          b.colorMapUv,
          b.paletteSizeUv,
          cdf,
          (width >> subX) + moreX,
          (height >> subY) + moreY,
          (seenWidth >> subX) + moreX,
          (seenHeight >> subY) + moreY);
    }
  }

  private void readMap(
      byte[] map, int size, int cdf, int width, int height, int seenWidth, int seenHeight) {
    map[0] = (byte) in.nonSymmetric(size);
    for (int i = 1; i < seenHeight + seenWidth - 1; i++) {
      for (int j = Math.min(i, seenWidth - 1); j >= Math.max(0, i - seenHeight + 1); j--) {
        int context = colorContext(map, i - j, j, size);
        int index = in.symbol(cdf + (size + 1) * context, size);
        map[(i - j) * 64 + j] = (byte) order[index];
      }
    }
    for (int i = 0; i < seenHeight; i++) {
      byte last = map[i * 64 + seenWidth - 1];
      Arrays.fill(map, i * 64 + seenWidth, i * 64 + width, last);
    }
    for (int i = seenHeight; i < height; i++) {
      System.arraycopy(map, (seenHeight - 1) * 64, map, i * 64, width);
    }
  }

  /** get_palette_color_context( ): orders the colors by likelihood, given the neighbors. */
  private int colorContext(byte[] map, int row, int col, int size) {
    for (int i = 0; i < 8; i++) {
      scores[i] = 0;
      order[i] = i;
    }
    int at = row * 64 + col;
    if (col > 0) {
      scores[map[at - 1]] += 2;
    }
    if (row > 0 && col > 0) {
      scores[map[at - 65]] += 1;
    }
    if (row > 0) {
      scores[map[at - 64]] += 2;
    }
    for (int i = 0; i < 3; i++) {
      int best = i;
      for (int j = i + 1; j < size; j++) {
        if (scores[j] > scores[best]) {
          best = j;
        }
      }
      int score = scores[best];
      int color = order[best];
      for (int k = best; k > i; k--) {
        scores[k] = scores[k - 1];
        order[k] = order[k - 1];
      }
      scores[i] = score;
      order[i] = color;
    }
    return COLOR_CONTEXT[scores[0] + 2 * scores[1] + 2 * scores[2]];
  }
}
