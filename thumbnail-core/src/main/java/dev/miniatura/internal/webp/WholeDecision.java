package dev.miniatura.internal.webp;

/**
 * Chooses the mode of a macroblock whose luma is predicted as one block (RFC 6386, section 12.2),
 * and quantizes the residual. Predictions of this kind vary along at most two directions, so that
 * few values need a transform.
 */
final class WholeDecision {

  static final int SECOND = 16; // the block of the second order

  private static final int SIZE = 16;

  /** The result of one mode. */
  static final class Outcome {
    int mode;

    /** Coefficients of 16 blocks and of the second order, to be quantized. */
    final int[] residue = new int[17 * 16];

    /** The magnitudes of their levels. */
    final int[] magnitudes = new int[17 * 16];

    /** By block: the position after the last level that is not 0. */
    final int[] ends = new int[17];

    float score;
    long error;
    int rate;
  }

  private final CodedPlane plane;
  private final TokenCosts costs;
  private final int[] scratch = new int[16];
  private final int[] firsts = new int[16];
  private final int[] across = new int[16]; // transforms of the samples above, 4 × 4 samples
  private final int[] down = new int[16]; // the same for the samples to the left
  private final int[] predicted = new int[16];
  private Outcome best = new Outcome();
  private Outcome next = new Outcome();

  WholeDecision(CodedPlane plane, TokenCosts costs) {
    this.plane = plane;
    this.costs = costs;
  }

  /** Tries the first modes and returns the best. */
  Outcome decide(
      int row, int column, int[] source, SegmentQuantizers q, Contexts contexts, int modes) {
    int at = plane.at(row, column);
    edges(at);
    best.score = Float.POSITIVE_INFINITY;
    for (int mode = 0; mode < modes; mode++) {
      next.mode = mode;
      predict(mode, at, row > 0, column > 0, source, next.residue);
      if (evaluate(next, q, contexts, best.score)) {
        Outcome outcome = best;
        best = next;
        next = outcome;
      }
    }
    return best;
  }

  private boolean evaluate(Outcome o, SegmentQuantizers q, Contexts contexts, float limit) {
    for (int block = 0; block < 16; block++) {
      firsts[block] = o.residue[16 * block];
    }
    ForwardTransform.walshHadamard(firsts, o.residue, 16 * SECOND, scratch);
    int from = 16 * SECOND;
    long second = q.second.quantize(o.residue, from, 0, o.magnitudes, from);
    o.ends[SECOND] = (int) second & 31;
    o.error = second >> (5 + 4); // quarters squared, of 16 blocks
    int above = contexts.at(contexts.column);
    int cost = ModeCosts.WHOLE[o.mode];
    cost +=
        costs.block(
            1,
            contexts.above[above + ResidualReader.SECOND_CONTEXT]
                + contexts.left[ResidualReader.SECOND_CONTEXT],
            0,
            o.magnitudes,
            from,
            o.ends[SECOND]);
    int[] up = contexts.scratchAbove;
    int[] left = contexts.scratchLeft;
    System.arraycopy(contexts.above, above, up, 0, 4);
    System.arraycopy(contexts.left, 0, left, 0, 4);
    for (int block = 0; block < 16; block++) {
      int x = block & 3;
      int y = block >> 2;
      long result = q.lumaAfterSecond.quantize(o.residue, 16 * block, 1, o.magnitudes, 16 * block);
      int end = (int) result & 31;
      o.ends[block] = end;
      o.error += result >> 5;
      cost += costs.block(0, up[x] + left[y], 1, o.magnitudes, 16 * block, end);
      int nonZero = end > 1 ? 1 : 0;
      up[x] = nonZero;
      left[y] = nonZero;
      if (o.error + q.lambda * cost >= limit) {
        return false;
      }
    }
    o.rate = cost;
    o.score = o.error + q.lambda * cost;
    return o.score < limit;
  }

  private void edges(int at) {
    byte[] samples = plane.decoded;
    int above = at - plane.stride;
    for (int i = 0; i < 16; i += 4) {
      ForwardTransform.line(
          samples[above + i] & 0xff,
          samples[above + i + 1] & 0xff,
          samples[above + i + 2] & 0xff,
          samples[above + i + 3] & 0xff,
          across,
          i);
      int left = at - 1 + i * plane.stride;
      ForwardTransform.line(
          samples[left] & 0xff,
          samples[left + plane.stride] & 0xff,
          samples[left + 2 * plane.stride] & 0xff,
          samples[left + 3 * plane.stride] & 0xff,
          down,
          i);
    }
  }

  /** Subtracts a prediction from the samples to be coded. */
  private void predict(
      int mode, int at, boolean hasAbove, boolean hasLeft, int[] source, int[] residue) {
    System.arraycopy(source, 0, residue, 0, 256);
    switch (mode) {
      case IntraModes.DC -> {
        int mean =
            IntraPrediction.mean(plane.decoded, at, plane.stride, SIZE, hasAbove, hasLeft) & 0xff;
        for (int block = 0; block < 16; block++) {
          residue[16 * block] -= 16 * mean;
        }
      }
      case IntraModes.VE -> {
        for (int block = 0; block < 16; block++) {
          subtractAcross(residue, 16 * block, 4 * (block & 3));
        }
      }
      case IntraModes.HE -> {
        for (int block = 0; block < 16; block++) {
          subtractDown(residue, 16 * block, block & ~3);
        }
      }
      default -> {
        if (mayClip(at)) {
          predictClipped(at, residue);
          return;
        }
        int corner = plane.decoded[at - plane.stride - 1] & 0xff;
        for (int block = 0; block < 16; block++) {
          subtractAcross(residue, 16 * block, 4 * (block & 3));
          subtractDown(residue, 16 * block, block & ~3);
          residue[16 * block] += 16 * corner;
        }
      }
    }
  }

  private void subtractAcross(int[] residue, int to, int from) {
    residue[to] -= across[from];
    residue[to + ForwardTransform.ROW_1] -= across[from + 1];
    residue[to + ForwardTransform.ROW_2] -= across[from + 2];
    residue[to + ForwardTransform.ROW_3] -= across[from + 3];
  }

  private void subtractDown(int[] residue, int to, int from) {
    residue[to] -= down[from];
    residue[to + ForwardTransform.COLUMN_1] -= down[from + 1];
    residue[to + ForwardTransform.COLUMN_2] -= down[from + 2];
    residue[to + ForwardTransform.COLUMN_3] -= down[from + 3];
  }

  private boolean mayClip(int at) {
    byte[] samples = plane.decoded;
    int above = at - plane.stride;
    int min = 255;
    int max = 0;
    int minLeft = 255;
    int maxLeft = 0;
    for (int i = 0; i < SIZE; i++) {
      int up = samples[above + i] & 0xff;
      int left = samples[at - 1 + i * plane.stride] & 0xff;
      min = Math.min(min, up);
      max = Math.max(max, up);
      minLeft = Math.min(minLeft, left);
      maxLeft = Math.max(maxLeft, left);
    }
    int corner = samples[above - 1] & 0xff;
    return min + minLeft - corner < 0 || max + maxLeft - corner > 255;
  }

  private void predictClipped(int at, int[] residue) {
    IntraPrediction.trueMotion(plane.decoded, at, plane.stride, SIZE);
    for (int block = 0; block < 16; block++) {
      int from = at + (block >> 2) * 4 * plane.stride + (block & 3) * 4;
      ForwardTransform.dct(plane.decoded, from, plane.stride, predicted, 0, scratch);
      for (int i = 0; i < 16; i++) {
        residue[16 * block + i] -= predicted[i];
      }
    }
  }
}
