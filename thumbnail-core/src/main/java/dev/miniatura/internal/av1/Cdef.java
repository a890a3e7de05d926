package dev.miniatura.internal.av1;

/** The constrained directional enhancement filter of a whole frame (clause 7.15). */
final class Cdef {

  private static final int[][] UV_DIRECTION = {
    {0, 1, 2, 3, 4, 5, 6, 7}, {1, 2, 2, 2, 3, 4, 6, 0}, // 4:4:4, 4:4:0
    {7, 0, 2, 4, 5, 6, 6, 6}, {0, 1, 2, 3, 4, 5, 6, 7} // 4:2:2, 4:2:0
  };
  private static final int[] DIVISOR = {0, 840, 420, 280, 210, 168, 140, 120, 105};

  /** Cdef_Directions: rows and columns of two steps. */
  private static final int[][] STEP_ROW = {
    {-1, -2}, {0, -1}, {0, 0}, {0, 1}, {1, 2}, {1, 2}, {1, 2}, {1, 2}
  };

  private static final int[][] STEP_COL = {
    {1, 2}, {1, 2}, {1, 2}, {1, 2}, {1, 2}, {0, 1}, {0, 0}, {0, -1}
  };

  private final FrameState state;
  private final FrameHeader header;
  private final Plane[] source;
  private final Plane[] target;
  private final int shift; // bit depth above 8
  private final int[][] partial = new int[8][15];
  private int variance;

  /** Filters from the planes of the frame into copies of them. */
  Cdef(FrameState state, Plane[] target) {
    this.state = state;
    this.header = state.header;
    source = state.planes;
    this.target = target;
    shift = header.sequence.bitDepth - 8;
  }

  void filter() {
    for (int plane = 0; plane < header.sequence.planes(); plane++) {
      System.arraycopy(
          source[plane].samples, 0, target[plane].samples, 0, source[plane].samples.length);
    }
    for (int row = 0; row < header.miRows; row += 2) {
      for (int col = 0; col < header.miCols; col += 2) {
        int index = state.cdefIndex[(row >> 4) * state.cdefStride + (col >> 4)];
        if (index >= 0 && state.coded[(row >> 1) * state.codedStride + (col >> 1)] != 0) {
          filterBlock(row, col, index);
        }
      }
    }
  }

  private void filterBlock(int row, int col, int index) {
    int direction = direction(row, col);
    int primary = header.cdefYPrimary[index] << shift;
    int secondary = header.cdefYSecondary[index] << shift;
    int strength = variance >> 6;
    int log2 = strength == 0 ? 0 : Math.min(31 - Integer.numberOfLeadingZeros(strength), 12);
    int adjusted = variance == 0 ? 0 : (primary * (4 + log2) + 8) >> 4;
    int damping = header.cdefDamping + shift;
    filterPlane(0, row, col, adjusted, secondary, damping, primary == 0 ? 0 : direction);
    if (header.sequence.monochrome) {
      return;
    }
    primary = header.cdefUvPrimary[index] << shift;
    secondary = header.cdefUvSecondary[index] << shift;
    int format = header.sequence.subsamplingX * 2 + header.sequence.subsamplingY;
    int uvDirection = primary == 0 ? 0 : UV_DIRECTION[format][direction];
    filterPlane(1, row, col, primary, secondary, damping - 1, uvDirection);
    filterPlane(2, row, col, primary, secondary, damping - 1, uvDirection);
  }

  /** Finds the direction and the variance of a luma block (clause 7.15.2). */
  private int direction(int row, int col) {
    for (int[] sums : partial) {
      java.util.Arrays.fill(sums, 0);
    }
    Plane luma = source[0];
    for (int i = 0; i < 8; i++) {
      int at = luma.at(col * 4, row * 4 + i);
      for (int j = 0; j < 8; j++) {
        int x = (luma.samples[at + j] >> shift) - 128;
        partial[0][i + j] += x;
        partial[1][i + j / 2] += x;
        partial[2][i] += x;
        partial[3][3 + i - j / 2] += x;
        partial[4][7 + i - j] += x;
        partial[5][3 - i / 2 + j] += x;
        partial[6][j] += x;
        partial[7][i / 2 + j] += x;
      }
    }
    int best = 0;
    int bestCost = 0;
    int[] cost = new int[8];
    for (int i = 0; i < 8; i++) {
      cost[2] += partial[2][i] * partial[2][i];
      cost[6] += partial[6][i] * partial[6][i];
    }
    cost[2] *= DIVISOR[8];
    cost[6] *= DIVISOR[8];
    for (int i = 0; i < 7; i++) {
      cost[0] += (square(0, i) + square(0, 14 - i)) * DIVISOR[i + 1];
      cost[4] += (square(4, i) + square(4, 14 - i)) * DIVISOR[i + 1];
    }
    cost[0] += square(0, 7) * DIVISOR[8];
    cost[4] += square(4, 7) * DIVISOR[8];
    for (int i = 1; i < 8; i += 2) {
      for (int j = 0; j < 5; j++) {
        cost[i] += square(i, 3 + j);
      }
      cost[i] *= DIVISOR[8];
      for (int j = 0; j < 3; j++) {
        cost[i] += (square(i, j) + square(i, 10 - j)) * DIVISOR[2 * j + 2];
      }
    }
    for (int i = 0; i < 8; i++) {
      if (cost[i] > bestCost) {
        bestCost = cost[i];
        best = i;
      }
    }
    variance = (bestCost - cost[best + 4 & 7]) >> 10;
    return best;
  }

  private int square(int line, int index) {
    return partial[line][index] * partial[line][index];
  }

  private void filterPlane(
      int plane, int row, int col, int primary, int secondary, int damping, int direction) {
    if (primary == 0 && secondary == 0) {
      return;
    }
    int subX = plane > 0 ? header.sequence.subsamplingX : 0;
    int subY = plane > 0 ? header.sequence.subsamplingY : 0;
    Plane from = source[plane];
    int width = 8 >> subX;
    int height = 8 >> subY;
    int x0 = (col * 4) >> subX;
    int y0 = (row * 4) >> subY;
    int endX = (header.miCols * 4) >> subX;
    int endY = (header.miRows * 4) >> subY;
    int primaryDamping = primary == 0 ? 0 : Math.max(0, damping - log2(primary));
    int secondaryDamping = secondary == 0 ? 0 : Math.max(0, damping - log2(secondary));
    boolean odd = (primary >> shift & 1) != 0;
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        int at = from.at(x0 + j, y0 + i);
        int x = from.samples[at];
        int sum = 0;
        int high = x;
        int low = x;
        for (int k = 0; k < 2; k++) {
          int primaryTap = odd ? 3 : 4 - 2 * k;
          int secondaryTap = 2 - k;
          for (int turn = -2; turn <= 2; turn += 2) {
            int d = direction + turn & 7;
            int strength = turn == 0 ? primary : secondary;
            int shifted = turn == 0 ? primaryDamping : secondaryDamping;
            int tap = turn == 0 ? primaryTap : secondaryTap;
            for (int sign = -1; sign <= 1; sign += 2) {
              int stepY = sign * STEP_ROW[d][k];
              int stepX = sign * STEP_COL[d][k];
              int y = y0 + i + stepY;
              int xx = x0 + j + stepX;
              if (y < 0 || y >= endY || xx < 0 || xx >= endX) {
                continue;
              }
              int p = from.samples[at + stepY * from.stride + stepX];
              sum += tap * constrain(p - x, strength, shifted);
              high = Math.max(high, p);
              low = Math.min(low, p);
            }
          }
        }
        int value = x + ((8 + sum - (sum < 0 ? 1 : 0)) >> 4);
        target[plane].samples[at] = (short) Math.max(low, Math.min(high, value));
      }
    }
  }

  private static int log2(int value) {
    return 31 - Integer.numberOfLeadingZeros(value);
  }

  private static int constrain(int difference, int strength, int damping) {
    if (strength == 0) {
      return 0;
    }
    int magnitude = Math.abs(difference);
    int kept = Math.max(0, Math.min(magnitude, strength - (magnitude >> damping)));
    return difference < 0 ? -kept : kept;
  }
}
