package dev.miniatura.internal.webp;

/** Chooses the prediction mode of both chroma blocks of a macroblock. */
final class ChromaDecision {

  private static final int SIZE = 8;
  private static final int TYPE = 2;

  /** The result of one mode; there are 4 blocks of Cb, then 4 of Cr. */
  static final class Outcome {
    int mode;
    final int[] residue = new int[8 * 16];
    final int[] magnitudes = new int[8 * 16];
    final int[] ends = new int[8];
    float score;
  }

  private final CodedPlane[] planes;
  private final TokenCosts costs;
  private final int[] scratch = new int[16];
  private final int[] across = new int[16]; // transforms of the samples above, Cb then Cr
  private final int[] down = new int[16];
  private final int[] predicted = new int[16];
  private Outcome best = new Outcome();
  private Outcome next = new Outcome();

  ChromaDecision(CodedPlane[] planes, TokenCosts costs) {
    this.planes = new CodedPlane[] {planes[1], planes[2]};
    this.costs = costs;
  }

  /**
   * Tries the first modes and returns the best.
   *
   * @param source transforms of the blocks, starting at {@code from}
   */
  Outcome decide(
      int row,
      int column,
      int[] source,
      int from,
      SegmentQuantizers q,
      Contexts contexts,
      int modes) {
    for (int plane = 0; plane < 2; plane++) {
      edges(planes[plane], planes[plane].at(row, column), 8 * plane);
    }
    best.score = Float.POSITIVE_INFINITY;
    for (int mode = 0; mode < modes; mode++) {
      next.mode = mode;
      System.arraycopy(source, from, next.residue, 0, next.residue.length);
      for (int plane = 0; plane < 2; plane++) {
        predict(planes[plane], mode, row, column, next.residue, plane);
      }
      if (evaluate(next, q, contexts, best.score)) {
        Outcome outcome = best;
        best = next;
        next = outcome;
      }
    }
    return best;
  }

  private boolean evaluate(Outcome o, SegmentQuantizers q, Contexts contexts, float limit) {
    int aboveAt = contexts.at(contexts.column) + 4;
    int[] up = contexts.scratchAbove;
    int[] left = contexts.scratchLeft;
    System.arraycopy(contexts.above, aboveAt, up, 0, 4);
    System.arraycopy(contexts.left, 4, left, 0, 4);
    int cost = ModeCosts.CHROMA[o.mode];
    long error = 0;
    for (int block = 0; block < 8; block++) {
      int x = ((block >> 1) & 2) | (block & 1);
      int y = block >> 1;
      long result = q.chroma.quantize(o.residue, 16 * block, 0, o.magnitudes, 16 * block);
      int end = (int) result & 31;
      o.ends[block] = end;
      error += result >> 5;
      cost += costs.block(TYPE, up[x] + left[y], 0, o.magnitudes, 16 * block, end);
      int nonZero = end > 0 ? 1 : 0;
      up[x] = nonZero;
      left[y] = nonZero;
    }
    o.score = error + q.lambdaChroma * cost;
    return o.score < limit;
  }

  private void edges(CodedPlane plane, int at, int to) {
    byte[] samples = plane.decoded;
    int above = at - plane.stride;
    for (int i = 0; i < SIZE; i += 4) {
      ForwardTransform.line(
          samples[above + i] & 0xff,
          samples[above + i + 1] & 0xff,
          samples[above + i + 2] & 0xff,
          samples[above + i + 3] & 0xff,
          across,
          to + i);
      int left = at - 1 + i * plane.stride;
      ForwardTransform.line(
          samples[left] & 0xff,
          samples[left + plane.stride] & 0xff,
          samples[left + 2 * plane.stride] & 0xff,
          samples[left + 3 * plane.stride] & 0xff,
          down,
          to + i);
    }
  }

  private void predict(CodedPlane plane, int mode, int row, int column, int[] residue, int index) {
    int at = plane.at(row, column);
    int lines = 8 * index;
    int first = 64 * index;
    if (mode == IntraModes.DC) {
      int mean =
          IntraPrediction.mean(plane.decoded, at, plane.stride, SIZE, row > 0, column > 0) & 0xff;
      for (int block = 0; block < 4; block++) {
        residue[first + 16 * block] -= 16 * mean;
      }
      return;
    }
    if (mode == IntraModes.TM) {
      IntraPrediction.trueMotion(plane.decoded, at, plane.stride, SIZE);
      for (int block = 0; block < 4; block++) {
        int from = at + (block >> 1) * 4 * plane.stride + (block & 1) * 4;
        ForwardTransform.dct(plane.decoded, from, plane.stride, predicted, 0, scratch);
        for (int i = 0; i < 16; i++) {
          residue[first + 16 * block + i] -= predicted[i];
        }
      }
      return;
    }
    for (int block = 0; block < 4; block++) {
      int to = first + 16 * block;
      if (mode == IntraModes.VE) {
        int from = lines + 4 * (block & 1);
        residue[to] -= across[from];
        residue[to + ForwardTransform.ROW_1] -= across[from + 1];
        residue[to + ForwardTransform.ROW_2] -= across[from + 2];
        residue[to + ForwardTransform.ROW_3] -= across[from + 3];
      } else {
        int from = lines + 4 * (block >> 1);
        residue[to] -= down[from];
        residue[to + ForwardTransform.COLUMN_1] -= down[from + 1];
        residue[to + ForwardTransform.COLUMN_2] -= down[from + 2];
        residue[to + ForwardTransform.COLUMN_3] -= down[from + 3];
      }
    }
  }
}
