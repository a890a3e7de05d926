package dev.miniatura.internal.av1;

/**
 * Intra prediction of transform blocks (clause 7.11.2). {@link #prepare} gathers the edges; one of
 * the modes then writes the block.
 */
final class IntraPredictor {

  private static final int O = Workspace.EDGE; // index of sample 0 of an edge

  private static final int[][] SMOOTH_WEIGHTS = {
    {255, 149, 85, 64},
    {255, 197, 146, 105, 73, 50, 37, 32},
    {255, 225, 196, 170, 145, 123, 102, 84, 68, 54, 43, 33, 26, 20, 17, 16},
    {
      255, 240, 225, 210, 196, 182, 169, 157, 145, 133, 122, 111, 101, 92, 83, 74, 66, 59, 52, 45,
      39, 34, 29, 25, 21, 17, 14, 12, 10, 9, 8, 8
    },
    {
      255, 248, 240, 233, 225, 218, 210, 203, 196, 189, 182, 176, 169, 163, 156, 150, 144, 138, 133,
      127, 121, 116, 111, 106, 101, 96, 91, 86, 82, 77, 73, 69, 65, 61, 57, 54, 50, 47, 44, 41, 38,
      35, 32, 29, 27, 25, 22, 20, 18, 16, 15, 13, 12, 10, 9, 8, 7, 6, 6, 5, 5, 4, 4, 4
    }
  };

  /** Intra_Filter_Taps: 8 samples of 7 taps for each mode. */
  private static final byte[][] FILTER_TAPS = {
    {
      -6, 10, 0, 0, 0, 12, 0, -5, 2, 10, 0, 0, 9, 0, -3, 1, 1, 10, 0, 7, 0, -3, 1, 1, 2, 10, 5, 0,
      -4, 6, 0, 0, 0, 2, 12, -3, 2, 6, 0, 0, 2, 9, -3, 2, 2, 6, 0, 2, 7, -3, 1, 2, 2, 6, 3, 5
    },
    {
      -10, 16, 0, 0, 0, 10, 0, -6, 0, 16, 0, 0, 6, 0, -4, 0, 0, 16, 0, 4, 0, -2, 0, 0, 0, 16, 2, 0,
      -10, 16, 0, 0, 0, 0, 10, -6, 0, 16, 0, 0, 0, 6, -4, 0, 0, 16, 0, 0, 4, -2, 0, 0, 0, 16, 0, 2
    },
    {
      -8, 8, 0, 0, 0, 16, 0, -8, 0, 8, 0, 0, 16, 0, -8, 0, 0, 8, 0, 16, 0, -8, 0, 0, 0, 8, 16, 0,
      -4, 4, 0, 0, 0, 0, 16, -4, 0, 4, 0, 0, 0, 16, -4, 0, 0, 4, 0, 0, 16, -4, 0, 0, 0, 4, 0, 16
    },
    {
      -2, 8, 0, 0, 0, 10, 0, -1, 3, 8, 0, 0, 6, 0, -1, 2, 3, 8, 0, 4, 0, 0, 1, 2, 3, 8, 2, 0,
      -1, 4, 0, 0, 0, 3, 10, -1, 3, 4, 0, 0, 4, 6, -1, 2, 3, 4, 0, 4, 4, -1, 2, 2, 3, 4, 3, 3
    },
    {
      -12, 14, 0, 0, 0, 14, 0, -10, 0, 14, 0, 0, 12, 0, -9, 0, 0, 14, 0, 11, 0, -8, 0, 0, 0, 14, 10,
      0, -10, 12, 0, 0, 0, 0, 14, -9, 1, 12, 0, 0, 0, 12, -8, 0, 0, 12, 0, 1, 11, -7, 0, 0, 1, 12,
      1, 9
    }
  };

  boolean haveAboveRight;
  boolean haveBelowLeft;
  int maxX; // last decoded column of the plane
  int maxY;

  private final int bitDepth;
  private final int most;
  private final DirectionalPredictor directional;
  private final int[] above;
  private final int[] left;
  private boolean haveLeft;
  private boolean haveAbove;
  private int widthLog2;
  private int heightLog2;
  private int width;
  private int height;

  IntraPredictor(int bitDepth, boolean edgeFilter, Workspace workspace) {
    this.bitDepth = bitDepth;
    most = (1 << bitDepth) - 1;
    directional = new DirectionalPredictor(edgeFilter, most, workspace);
    above = workspace.aboveRow;
    left = workspace.leftCol;
  }

  /** Gathers AboveRow and LeftCol of the block at (x, y). */
  void prepare(
      Plane plane,
      int x,
      int y,
      boolean haveLeft,
      boolean haveAbove,
      int widthLog2,
      int heightLog2) {
    this.haveLeft = haveLeft;
    this.haveAbove = haveAbove;
    this.widthLog2 = widthLog2;
    this.heightLog2 = heightLog2;
    width = 1 << widthLog2;
    height = 1 << heightLog2;
    short[] samples = plane.samples;
    int both = width + height;
    int half = 1 << (bitDepth - 1);
    if (haveAbove) {
      int limit = Math.min(maxX, x + (haveAboveRight ? 2 * width : width) - 1);
      int from = plane.at(x, y - 1);
      int count = Math.min(both, limit - x + 1);
      for (int i = 0; i < count; i++) {
        above[O + i] = samples[from + i];
      }
      java.util.Arrays.fill(above, O + count, O + both, above[O + count - 1]);
    } else {
      int value = haveLeft ? samples[plane.at(x - 1, y)] : half - 1;
      java.util.Arrays.fill(above, O, O + both, value);
    }
    if (haveLeft) {
      int limit = Math.min(maxY, y + (haveBelowLeft ? 2 * height : height) - 1);
      int from = plane.at(x - 1, y);
      int count = Math.min(both, limit - y + 1);
      for (int i = 0; i < count; i++) {
        left[O + i] = samples[from + i * plane.stride];
      }
      java.util.Arrays.fill(left, O + count, O + both, left[O + count - 1]);
    } else {
      int value = haveAbove ? samples[plane.at(x, y - 1)] : half + 1;
      java.util.Arrays.fill(left, O, O + both, value);
    }
    int corner = half;
    if (haveAbove) {
      corner = samples[plane.at(haveLeft ? x - 1 : x, y - 1)];
    } else if (haveLeft) {
      corner = samples[plane.at(x - 1, y)];
    }
    above[O - 1] = corner;
    left[O - 1] = corner;
  }

  /** DC_PRED (clause 7.11.2.5). */
  void dc(Plane plane, int x, int y) {
    int sum = 0;
    if (haveLeft) {
      for (int i = 0; i < height; i++) {
        sum += left[O + i];
      }
    }
    if (haveAbove) {
      for (int i = 0; i < width; i++) {
        sum += above[O + i];
      }
    }
    int mean;
    if (haveLeft && haveAbove) {
      mean = (sum + ((width + height) >> 1)) / (width + height);
    } else if (haveLeft) {
      mean = (sum + (height >> 1)) >> heightLog2;
    } else if (haveAbove) {
      mean = (sum + (width >> 1)) >> widthLog2;
    } else {
      mean = 1 << (bitDepth - 1);
    }
    for (int i = 0; i < height; i++) {
      int to = plane.at(x, y + i);
      java.util.Arrays.fill(plane.samples, to, to + width, (short) mean);
    }
  }

  /** PAETH_PRED (clause 7.11.2.2). */
  void paeth(Plane plane, int x, int y) {
    int corner = above[O - 1];
    for (int i = 0; i < height; i++) {
      int to = plane.at(x, y + i);
      int l = left[O + i];
      int top = Math.abs(l - corner); // |base - above|
      for (int k = 0; k < width; k++) {
        int a = above[O + k];
        int side = Math.abs(a - corner); // |base - left|
        int diagonal = Math.abs(a + l - 2 * corner);
        int value = side <= top && side <= diagonal ? l : top <= diagonal ? a : corner;
        plane.samples[to + k] = (short) value;
      }
    }
  }

  /** SMOOTH_PRED, SMOOTH_V_PRED and SMOOTH_H_PRED (clause 7.11.2.6). */
  void smooth(Plane plane, int x, int y, int mode) {
    int[] weightsX = SMOOTH_WEIGHTS[widthLog2 - 2];
    int[] weightsY = SMOOTH_WEIGHTS[heightLog2 - 2];
    int bottom = left[O + height - 1];
    int right = above[O + width - 1];
    for (int i = 0; i < height; i++) {
      int to = plane.at(x, y + i);
      int wy = weightsY[i];
      int l = left[O + i];
      for (int k = 0; k < width; k++) {
        int vertical = wy * above[O + k] + (256 - wy) * bottom;
        int horizontal = weightsX[k] * l + (256 - weightsX[k]) * right;
        int value;
        if (mode == Modes.SMOOTH_PRED) {
          value = (vertical + horizontal + 256) >> 9;
        } else if (mode == Modes.SMOOTH_V_PRED) {
          value = (vertical + 128) >> 8;
        } else {
          value = (horizontal + 128) >> 8;
        }
        plane.samples[to + k] = (short) value;
      }
    }
  }

  /** The recursive filter (clause 7.11.2.3), by blocks of 4 × 2 samples. */
  void recursive(Plane plane, int x, int y, int filterMode) {
    byte[] taps = FILTER_TAPS[filterMode];
    short[] samples = plane.samples;
    for (int i = 0; i < height; i += 2) {
      for (int k = 0; k < width; k += 4) {
        int at = plane.at(x + k, y + i);
        int up = at - plane.stride;
        int p0 = i == 0 ? above[O + k - 1] : k == 0 ? left[O + i - 1] : samples[up - 1];
        int p1 = i == 0 ? above[O + k] : samples[up];
        int p2 = i == 0 ? above[O + k + 1] : samples[up + 1];
        int p3 = i == 0 ? above[O + k + 2] : samples[up + 2];
        int p4 = i == 0 ? above[O + k + 3] : samples[up + 3];
        int p5 = k == 0 ? left[O + i] : samples[at - 1];
        int p6 = k == 0 ? left[O + i + 1] : samples[at - 1 + plane.stride];
        for (int n = 0; n < 8; n++) {
          int t = 7 * n;
          int sum = taps[t] * p0 + taps[t + 1] * p1 + taps[t + 2] * p2 + taps[t + 3] * p3;
          sum += taps[t + 4] * p4 + taps[t + 5] * p5 + taps[t + 6] * p6;
          int value = sum < 0 ? -((-sum + 8) >> 4) : (sum + 8) >> 4;
          int to = at + (n >> 2) * plane.stride + (n & 3);
          samples[to] = (short) Math.max(0, Math.min(most, value));
        }
      }
    }
  }

  /**
   * The directional modes (clause 7.11.2.4).
   *
   * @param smooth whether a neighbor uses a smooth mode
   */
  void directional(Plane plane, int x, int y, int angle, boolean smooth) {
    int seenX = Math.min(width, maxX - x + 1);
    int seenY = Math.min(height, maxY - y + 1);
    directional.filterEdges(width, height, angle, smooth, haveAbove, haveLeft, seenX, seenY);
    directional.predict(plane, x, y, width, height, angle);
  }
}
