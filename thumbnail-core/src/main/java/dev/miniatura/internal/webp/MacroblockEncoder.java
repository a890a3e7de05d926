package dev.miniatura.internal.webp;

/**
 * Encodes macroblocks in turn: chooses their prediction by rate and distortion, quantizes the
 * residual, adds its tokens, and reconstructs the decoder's samples.
 */
final class MacroblockEncoder {

  private static final int TYPE_LUMA_AFTER_SECOND = 0; // types of blocks (section 13.3)
  private static final int TYPE_SECOND = 1;
  private static final int TYPE_CHROMA = 2;
  private static final int TYPE_LUMA = 3;

  private final CodedPlane[] planes;
  private final TokenBuffer tokens;
  private final MacroblockModes modes;
  private final Contexts contexts;
  private final WholeDecision whole;
  private final SubblockDecision subblocks;
  private final ChromaDecision chroma;
  private final Reconstruction reconstruction = new Reconstruction();
  private final Effort effort;
  private final int[] source = new int[ResidualReader.BLOCKS * 16];
  private final int[] wholeLevels = new int[17 * 16];
  private final int[] chromaLevels = new int[8 * 16];
  private final int[] scratch = new int[16];

  MacroblockEncoder(
      CodedPlane[] planes,
      TokenBuffer tokens,
      TokenCosts costs,
      MacroblockModes modes,
      Effort effort) {
    this.planes = planes;
    this.tokens = tokens;
    this.modes = modes;
    this.effort = effort;
    contexts = new Contexts(modes.columns());
    whole = new WholeDecision(planes[0], costs);
    subblocks = new SubblockDecision(planes[0], costs, reconstruction);
    chroma = new ChromaDecision(planes, costs);
  }

  void beginFrame() {
    contexts.beginFrame();
  }

  void beginRow() {
    contexts.beginRow();
  }

  void encode(int row, int column, SegmentQuantizers q) {
    contexts.column = column;
    transform(row, column);
    WholeDecision.Outcome asWhole =
        whole.decide(row, column, source, q, contexts, effort.wholeModes());
    float limit = asWhole.error + q.lambda * asWhole.rate;
    int kept = effort.subblockModes();
    boolean split = kept > 0 && subblocks.decide(row, column, source, q, contexts, kept, limit);
    ChromaDecision.Outcome color =
        chroma.decide(row, column, source, 256, q, contexts, effort.wholeModes());
    boolean any = split ? any(subblocks.ends, 0) : any(asWhole.ends, 1);
    if (!split) {
      sign(asWhole.magnitudes, asWhole.residue, wholeLevels);
      CodedPlane luma = planes[0];
      int at = luma.at(row, column);
      IntraPrediction.predict(asWhole.mode, luma.decoded, at, luma.stride, 16, row > 0, column > 0);
      reconstruction.addWhole(wholeLevels, asWhole.ends, q, luma.decoded, at, luma.stride);
      any |= asWhole.ends[WholeDecision.SECOND] > 0;
    }
    sign(color.magnitudes, color.residue, chromaLevels);
    reconstructChroma(row, column, color, q);
    any |= any(color.ends, 0);
    boolean skip = !any && !effort.isMinimal();
    int at = row * modes.columns() + column;
    if (split) {
      modes.setSubblocks(at, subblocks.modes, color.mode, skip);
      for (int i = 0; i < 4; i++) {
        contexts.modesAbove[4 * column + i] = subblocks.modes[12 + i];
        contexts.modesLeft[i] = subblocks.modes[4 * i + 3];
      }
    } else {
      modes.setWhole(at, asWhole.mode, color.mode, skip);
      contexts.wholeMode(asWhole.mode);
    }
    if (skip) {
      contexts.skip(!split);
      return;
    }
    if (split) {
      addLuma(TYPE_LUMA, 0, subblocks.levels, subblocks.ends);
    } else {
      addSecond(asWhole.ends[WholeDecision.SECOND]);
      addLuma(TYPE_LUMA_AFTER_SECOND, 1, wholeLevels, asWhole.ends);
    }
    addChroma(color.ends);
  }

  private void transform(int row, int column) {
    for (int block = 0; block < ResidualReader.BLOCKS; block++) {
      int index = block < 16 ? 0 : block < 20 ? 1 : 2;
      CodedPlane plane = planes[index];
      int within = block < 16 ? block : block & 3;
      int perRow = plane.size / 4;
      int from =
          plane.sourceAt(row, column)
              + within / perRow * 4 * plane.sourceStride
              + within % perRow * 4;
      ForwardTransform.dct(plane.source, from, plane.sourceStride, source, 16 * block, scratch);
    }
  }

  private static boolean any(int[] ends, int first) {
    for (int i = 0; i < ends.length && i < 16; i++) {
      if (ends[i] > first) {
        return true;
      }
    }
    return false;
  }

  private static void sign(int[] magnitudes, int[] residue, int[] levels) {
    for (int i = 0; i < levels.length; i++) {
      int sign = residue[i] >> 31;
      levels[i] = (magnitudes[i] ^ sign) - sign;
    }
  }

  private void reconstructChroma(
      int row, int column, ChromaDecision.Outcome color, SegmentQuantizers q) {
    for (int c = 1; c < planes.length; c++) {
      CodedPlane plane = planes[c];
      int at = plane.at(row, column);
      IntraPrediction.predict(color.mode, plane.decoded, at, plane.stride, 8, row > 0, column > 0);
      for (int i = 0; i < 4; i++) {
        int block = 4 * (c - 1) + i;
        int to = at + (i >> 1) * 4 * plane.stride + (i & 1) * 4;
        reconstruction.add(
            chromaLevels, 16 * block, color.ends[block], q.chroma, plane.decoded, to, plane.stride);
      }
    }
  }

  private void addSecond(int end) {
    int above = contexts.at(contexts.column) + ResidualReader.SECOND_CONTEXT;
    int context = contexts.above[above] + contexts.left[ResidualReader.SECOND_CONTEXT];
    tokens.add(TYPE_SECOND, context, 0, wholeLevels, 16 * WholeDecision.SECOND, end);
    contexts.above[above] = end > 0 ? 1 : 0;
    contexts.left[ResidualReader.SECOND_CONTEXT] = end > 0 ? 1 : 0;
  }

  private void addLuma(int type, int first, int[] levels, int[] ends) {
    int above = contexts.at(contexts.column);
    for (int block = 0; block < 16; block++) {
      addBlock(type, first, levels, block, ends[block], above + (block & 3), block >> 2);
    }
  }

  private void addChroma(int[] ends) {
    int above = contexts.at(contexts.column);
    for (int block = 0; block < 8; block++) {
      int plane = block < 4 ? 4 : 6;
      int x = above + plane + (block & 1);
      addBlock(TYPE_CHROMA, 0, chromaLevels, block, ends[block], x, plane + (block >> 1 & 1));
    }
  }

  private void addBlock(int type, int first, int[] levels, int block, int end, int x, int y) {
    int context = contexts.above[x] + contexts.left[y];
    tokens.add(type, context, first, levels, 16 * block, end);
    int nonZero = end > first ? 1 : 0;
    contexts.above[x] = nonZero;
    contexts.left[y] = nonZero;
  }
}
