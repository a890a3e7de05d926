package dev.miniatura.internal.vp8l;

/** Chooses a predictor for each block, and subtracts its predictions (section 3.5.1). */
final class PredictorChoice {

  private static final int MODES = 14;
  private static final int PASSES = 2;
  private static final float MODE_CHANGE_BITS = 3;

  private final int[] pixels;
  private final int width;
  private final int height;
  private final int bits;
  private final int columns;
  private final ResidualCosts costs;
  private boolean exact; // whether the mode tried last leaves no difference
  private final int[] row; // differences of a row of a block

  /** The modes, as pixels of the image in which they are written. */
  final int[] modes;

  /** The differences. */
  final int[] residual;

  PredictorChoice(int[] pixels, int width, int height, int bits) {
    this.pixels = pixels;
    this.width = width;
    this.height = height;
    this.bits = bits;
    columns = Blocks.count(width, bits);
    modes = new int[columns * Blocks.count(height, bits)];
    residual = new int[pixels.length];
    row = new int[1 << bits];
    costs = new ResidualCosts(pixels);
    for (int pass = 0; pass < PASSES; pass++) {
      if (pass > 0) {
        costs.learn(residual);
      }
      for (int block = 0; block < modes.length; block++) {
        int before = block % columns == 0 ? 0 : modes[block - 1] >> 8;
        choose(block, pass == 0 ? before : modes[block] >> 8);
      }
    }
  }

  /** Chooses the mode of a block; the likely one is tried first. */
  private void choose(int block, int likely) {
    int before = block % columns > 0 ? modes[block - 1] >> 8 & 15 : -1;
    float least = Float.MAX_VALUE;
    int best = likely & 15;
    for (int i = 0; i < MODES; i++) {
      int mode = i == 0 ? likely & 15 : i <= (likely & 15) ? i - 1 : i;
      float cost = mode == before ? 0 : MODE_CHANGE_BITS;
      cost = bits(block, mode, cost, least);
      if (cost < least) {
        least = cost;
        best = mode;
      }
      if (exact && mode == best) {
        break; // nothing is left to code
      }
    }
    modes[block] = Argb.BLACK | best << 8;
    bits(block, best, Float.NEGATIVE_INFINITY, Float.MAX_VALUE);
  }

  /**
   * Returns the bits of a block with a prediction mode, or more than {@code most}.
   *
   * @param start bits to start from; if negative infinity, the differences are stored
   */
  private float bits(int block, int mode, float start, float most) {
    int left = (block % columns) << bits;
    int top = (block / columns) << bits;
    int length = Math.min(width, left + (1 << bits)) - left;
    int bottom = Math.min(height, top + (1 << bits));
    float sum = start;
    int differences = 0;
    for (int y = top; y < bottom && sum < most; y++) {
      int at = y * width + left;
      subtract(y == 0 ? 1 : mode, at, length);
      if (left == 0) {
        row[0] = Argb.subtract(pixels[at], y == 0 ? Argb.BLACK : pixels[at - width]);
      }
      if (start == Float.NEGATIVE_INFINITY) {
        System.arraycopy(row, 0, residual, at, length);
      } else {
        sum += costs.bits(row, length);
        for (int i = 0; i < length; i++) {
          differences |= row[i];
        }
      }
    }
    exact = differences == 0;
    return sum;
  }

  /** Subtracts the predictions of a mode from some pixels, except those without neighbors. */
  private void subtract(int mode, int start, int length) {
    int[] p = pixels;
    int skip = start % width == 0 ? 1 : 0;
    int from = start + skip;
    int to = start + length;
    int up = width;
    int o = skip - from;
    switch (mode) {
      case 1 -> {
        for (int i = from; i < to; i++) {
          row[o + i] = Argb.subtract(p[i], p[i - 1]);
        }
      }
      case 2 -> {
        for (int i = from; i < to; i++) {
          row[o + i] = Argb.subtract(p[i], p[i - up]);
        }
      }
      case 3 -> {
        for (int i = from; i < to; i++) {
          row[o + i] = Argb.subtract(p[i], p[i - up + 1]);
        }
      }
      case 4 -> {
        for (int i = from; i < to; i++) {
          row[o + i] = Argb.subtract(p[i], p[i - up - 1]);
        }
      }
      case 5 -> {
        for (int i = from; i < to; i++) {
          int mean = Argb.mean(p[i - 1], p[i - up + 1]);
          row[o + i] = Argb.subtract(p[i], Argb.mean(mean, p[i - up]));
        }
      }
      case 6 -> {
        for (int i = from; i < to; i++) {
          row[o + i] = Argb.subtract(p[i], Argb.mean(p[i - 1], p[i - up - 1]));
        }
      }
      case 7 -> {
        for (int i = from; i < to; i++) {
          row[o + i] = Argb.subtract(p[i], Argb.mean(p[i - 1], p[i - up]));
        }
      }
      case 8 -> {
        for (int i = from; i < to; i++) {
          row[o + i] = Argb.subtract(p[i], Argb.mean(p[i - up - 1], p[i - up]));
        }
      }
      case 9 -> {
        for (int i = from; i < to; i++) {
          row[o + i] = Argb.subtract(p[i], Argb.mean(p[i - up], p[i - up + 1]));
        }
      }
      case 10 -> {
        for (int i = from; i < to; i++) {
          int before = Argb.mean(p[i - 1], p[i - up - 1]);
          int upper = Argb.mean(p[i - up], p[i - up + 1]);
          row[o + i] = Argb.subtract(p[i], Argb.mean(before, upper));
        }
      }
      case 11 -> {
        for (int i = from; i < to; i++) {
          row[o + i] = Argb.subtract(p[i], Argb.select(p[i - 1], p[i - up], p[i - up - 1]));
        }
      }
      case 12 -> {
        for (int i = from; i < to; i++) {
          row[o + i] = Argb.subtract(p[i], Argb.addClipped(p[i - 1], p[i - up], p[i - up - 1]));
        }
      }
      case 13 -> {
        for (int i = from; i < to; i++) {
          int mean = Argb.mean(p[i - 1], p[i - up]);
          row[o + i] = Argb.subtract(p[i], Argb.addHalfClipped(mean, p[i - up - 1]));
        }
      }
      default -> {
        for (int i = from; i < to; i++) {
          row[o + i] = Argb.subtract(p[i], Argb.BLACK);
        }
      }
    }
  }
}
