package dev.miniatura.internal.webp;

/**
 * Chooses the modes of a macroblock's 16 luma subblocks (RFC 6386, section 12.3) one after the
 * other, each predicted from the decoded samples of its predecessors. Afterwards the decoded
 * samples are in place.
 */
final class SubblockDecision {

  private static final int TYPE = 3;
  private static final int LUMA = 16;

  /** Signed levels, by block. */
  final int[] levels = new int[16 * 16];

  /** By block: the position after the last level that is not 0. */
  final int[] ends = new int[16];

  final int[] modes = new int[16];

  /** The sum of squared errors, times 16, and the total cost, in 1/256 bit. */
  long error;

  int rate;

  private final CodedPlane plane;
  private final TokenCosts costs;
  private final Reconstruction reconstruction;
  private final SubblockPrediction prediction = new SubblockPrediction();
  private final byte[] drawn = new byte[IntraModes.MODES * 16];
  private final int[] residues = new int[IntraModes.MODES * 16];
  private final int[] order = new int[IntraModes.MODES];
  private final float[] estimates = new float[IntraModes.MODES];
  private final int[] scratch = new int[16];
  private final int[] modesAbove = new int[4];
  private final int[] modesLeft = new int[4];
  private int[] magnitudes = new int[16];
  private int[] trial = new int[16];

  SubblockDecision(CodedPlane plane, TokenCosts costs, Reconstruction reconstruction) {
    this.plane = plane;
    this.costs = costs;
    this.reconstruction = reconstruction;
  }

  /**
   * Chooses all modes.
   *
   * @param kept how many modes are tried in full, the most promising ones
   * @param limit the score at which to give up
   * @return whether the score is below that
   */
  boolean decide(
      int row,
      int column,
      int[] source,
      SegmentQuantizers q,
      Contexts contexts,
      int kept,
      float limit) {
    int at = plane.at(row, column);
    int[] up = contexts.scratchAbove;
    int[] left = contexts.scratchLeft;
    System.arraycopy(contexts.above, contexts.at(column), up, 0, 4);
    System.arraycopy(contexts.left, 0, left, 0, 4);
    System.arraycopy(contexts.modesAbove, 4 * column, modesAbove, 0, 4);
    System.arraycopy(contexts.modesLeft, 0, modesLeft, 0, 4);
    error = 0;
    rate = ModeCosts.SUBBLOCKS;
    for (int block = 0; block < 16; block++) {
      int x = block & 3;
      int y = block >> 2;
      int to = at + 4 * y * plane.stride + 4 * x;
      int aboveRight = x == 3 ? at - plane.stride + LUMA : to - plane.stride + 4;
      prediction.load(plane.decoded, to, plane.stride, aboveRight);
      int modeContext = ModeCosts.context(modesAbove[x], modesLeft[y]);
      rank(source, 16 * block, q, modeContext);
      int mode = choose(q, modeContext, up[x] + left[y], kept, block);
      modes[block] = mode;
      modesAbove[x] = mode;
      modesLeft[y] = mode;
      int nonZero = ends[block] > 0 ? 1 : 0;
      up[x] = nonZero;
      left[y] = nonZero;
      if (error + q.lambda * rate >= limit) {
        return false;
      }
      prediction.draw(mode, plane.decoded, to, plane.stride);
      reconstruction.add(levels, 16 * block, ends[block], q.luma, plane.decoded, to, plane.stride);
    }
    return true;
  }

  /** Predicts with all modes and puts those with the smallest residuals in front. */
  private void rank(int[] source, int from, SegmentQuantizers q, int modeContext) {
    for (int mode = 0; mode < IntraModes.MODES; mode++) {
      int at = 16 * mode;
      prediction.draw(mode, drawn, at, 4);
      ForwardTransform.dct(drawn, at, 4, residues, at, scratch);
      int sum = 0;
      for (int i = 0; i < 16; i++) {
        int residue = source[from + i] - residues[at + i];
        residues[at + i] = residue;
        sum += Math.abs(residue);
      }
      float estimate = sum * q.estimate + q.lambda * ModeCosts.subblock(modeContext, mode);
      int place = mode;
      while (place > 0 && estimates[place - 1] > estimate) {
        estimates[place] = estimates[place - 1];
        order[place] = order[place - 1];
        place--;
      }
      estimates[place] = estimate;
      order[place] = mode;
    }
  }

  private int choose(SegmentQuantizers q, int modeContext, int context, int kept, int block) {
    float best = Float.POSITIVE_INFINITY;
    int mode = 0;
    int bestEnd = 0;
    long bestError = 0;
    int bestRate = 0;
    for (int i = 0; i < kept; i++) {
      int tried = order[i];
      long result = q.luma.quantize(residues, 16 * tried, 0, trial, 0);
      long squares = result >> 5;
      int modeCost = ModeCosts.subblock(modeContext, tried);
      if (squares + q.lambda * modeCost >= best) {
        continue;
      }
      int end = (int) result & 31;
      int cost = modeCost + costs.block(TYPE, context, 0, trial, 0, end);
      float score = squares + q.lambda * cost;
      if (score < best) {
        best = score;
        mode = tried;
        bestEnd = end;
        bestError = squares;
        bestRate = cost;
        int[] swap = magnitudes;
        magnitudes = trial;
        trial = swap;
      }
    }
    error += bestError;
    rate += bestRate;
    ends[block] = bestEnd;
    for (int i = 0; i < 16; i++) {
      int level = magnitudes[i];
      levels[16 * block + i] = residues[16 * mode + i] < 0 ? -level : level;
    }
    return mode;
  }
}
