package dev.miniatura.internal.av1;

/**
 * Prediction along a direction, with filtered and upsampled edges (clauses 7.11.2.4, .7 to .12).
 */
final class DirectionalPredictor {

  private static final int O = Workspace.EDGE;

  /** Dr_Intra_Derivative, by angle in degrees. */
  private static final short[] DERIVATIVE = new short[90];

  static {
    int[] angles = {
      3, 6, 9, 14, 17, 20, 23, 26, 29, 32, 36, 39, 42, 45, 48, 51, 54, 58, 61, 64, 67, 70, 73, 76,
      81, 84, 87
    };
    int[] values = {
      1023, 547, 372, 273, 215, 178, 151, 132, 116, 102, 90, 80, 71, 64, 57, 51, 45, 40, 35, 31, 27,
      23, 19, 15, 11, 7, 3
    };
    for (int i = 0; i < angles.length; i++) {
      DERIVATIVE[angles[i]] = (short) values[i];
    }
  }

  private static final int[][] KERNELS = {{0, 4, 8, 4, 0}, {0, 5, 6, 5, 0}, {2, 4, 4, 4, 2}};

  private final boolean edgeFilter;
  private final int most;
  private final int[] above;
  private final int[] left;
  private final int[] copy;
  private int upsampleAbove;
  private int upsampleLeft;

  DirectionalPredictor(boolean edgeFilter, int most, Workspace workspace) {
    this.edgeFilter = edgeFilter;
    this.most = most;
    above = workspace.aboveRow;
    left = workspace.leftCol;
    copy = workspace.edge;
  }

  /** Filters and upsamples the edges if the specification requires it. */
  void filterEdges(
      int width,
      int height,
      int angle,
      boolean smooth,
      boolean haveAbove,
      boolean haveLeft,
      int seenX,
      int seenY) {
    upsampleAbove = 0;
    upsampleLeft = 0;
    if (!edgeFilter || angle == 90 || angle == 180) {
      return;
    }
    int sides = width + height;
    if (angle > 90 && angle < 180 && sides >= 24) {
      int corner = (left[O] * 5 + above[O - 1] * 6 + above[O] * 5 + 8) >> 4;
      left[O - 1] = corner;
      above[O - 1] = corner;
    }
    int deltaAbove = Math.abs(angle - 90);
    int deltaLeft = Math.abs(angle - 180);
    if (haveAbove) {
      filter(above, seenX + (angle < 90 ? height : 0) + 1, strength(sides, smooth, deltaAbove));
    }
    if (haveLeft) {
      filter(left, seenY + (angle > 180 ? width : 0) + 1, strength(sides, smooth, deltaLeft));
    }
    if (upsamples(sides, smooth, deltaAbove)) {
      upsampleAbove = 1;
      upsample(above, width + (angle < 90 ? height : 0));
    }
    if (upsamples(sides, smooth, deltaLeft)) {
      upsampleLeft = 1;
      upsample(left, height + (angle > 180 ? width : 0));
    }
  }

  private static int strength(int sides, boolean smooth, int delta) {
    if (smooth) {
      if (sides <= 8) {
        return delta >= 64 ? 2 : delta >= 40 ? 1 : 0;
      }
      if (sides <= 16) {
        return delta >= 48 ? 2 : delta >= 20 ? 1 : 0;
      }
      return sides > 24 || delta >= 4 ? 3 : 0;
    }
    if (sides <= 8) {
      return delta >= 56 ? 1 : 0;
    }
    if (sides <= 16) {
      return delta >= 40 ? 1 : 0;
    }
    if (sides <= 24) {
      return delta >= 32 ? 3 : delta >= 16 ? 2 : delta >= 8 ? 1 : 0;
    }
    if (sides <= 32) {
      return delta >= 32 ? 3 : delta >= 4 ? 2 : 1;
    }
    return 3;
  }

  private static boolean upsamples(int sides, boolean smooth, int delta) {
    return delta > 0 && delta < 40 && sides <= (smooth ? 8 : 16);
  }

  /** Filters {@code size} samples, starting with the one before the edge. */
  private void filter(int[] edge, int size, int strength) {
    if (strength == 0) {
      return;
    }
    System.arraycopy(edge, O - 1, copy, 0, size);
    int[] kernel = KERNELS[strength - 1];
    for (int i = 1; i < size; i++) {
      int sum = 8;
      for (int j = 0; j < 5; j++) {
        int k = Math.max(0, Math.min(size - 1, i - 2 + j));
        sum += kernel[j] * copy[k];
      }
      edge[O + i - 1] = sum >> 4;
    }
  }

  private void upsample(int[] edge, int count) {
    copy[0] = edge[O - 1];
    System.arraycopy(edge, O - 1, copy, 1, count + 1);
    copy[count + 2] = edge[O + count - 1];
    edge[O - 2] = copy[0];
    for (int i = 0; i < count; i++) {
      int sum = (9 * (copy[i + 1] + copy[i + 2]) - copy[i] - copy[i + 3] + 8) >> 4;
      edge[O + 2 * i - 1] = Math.max(0, Math.min(most, sum));
      edge[O + 2 * i] = copy[i + 2];
    }
  }

  /** Writes the prediction. */
  void predict(Plane plane, int x, int y, int width, int height, int angle) {
    short[] samples = plane.samples;
    if (angle < 90) {
      predictFromAbove(plane, x, y, width, height, DERIVATIVE[angle]);
    } else if (angle > 180) {
      predictFromLeft(plane, x, y, width, height, DERIVATIVE[270 - angle]);
    } else if (angle == 90) {
      for (int i = 0; i < height; i++) {
        int to = plane.at(x, y + i);
        for (int k = 0; k < width; k++) {
          samples[to + k] = (short) above[O + k];
        }
      }
    } else if (angle == 180) {
      for (int i = 0; i < height; i++) {
        int to = plane.at(x, y + i);
        java.util.Arrays.fill(samples, to, to + width, (short) left[O + i]);
      }
    } else {
      int dx = DERIVATIVE[180 - angle];
      int dy = DERIVATIVE[angle - 90];
      predictFromBoth(plane, x, y, width, height, dx, dy);
    }
  }

  private static int blend(int first, int second, int shift) {
    return (first * (32 - shift) + second * shift + 16) >> 5;
  }

  private void predictFromAbove(Plane plane, int x, int y, int width, int height, int dx) {
    int up = upsampleAbove;
    int last = (width + height - 1) << up;
    for (int i = 0; i < height; i++) {
      int to = plane.at(x, y + i);
      int index = (i + 1) * dx;
      int shift = (index << up) >> 1 & 31;
      int base = index >> (6 - up);
      for (int k = 0; k < width; k++) {
        int value =
            base < last ? blend(above[O + base], above[O + base + 1], shift) : above[O + last];
        plane.samples[to + k] = (short) value;
        base += 1 << up;
      }
    }
  }

  private void predictFromLeft(Plane plane, int x, int y, int width, int height, int dy) {
    int up = upsampleLeft;
    for (int k = 0; k < width; k++) {
      int index = (k + 1) * dy;
      int shift = (index << up) >> 1 & 31;
      int base = index >> (6 - up);
      for (int i = 0; i < height; i++) {
        int value = blend(left[O + base], left[O + base + 1], shift);
        plane.samples[plane.at(x + k, y + i)] = (short) value;
        base += 1 << up;
      }
    }
  }

  private void predictFromBoth(Plane plane, int x, int y, int width, int height, int dx, int dy) {
    int upA = upsampleAbove;
    int upL = upsampleLeft;
    for (int i = 0; i < height; i++) {
      int to = plane.at(x, y + i);
      for (int k = 0; k < width; k++) {
        int index = (k << 6) - (i + 1) * dx;
        int base = index >> (6 - upA);
        int value;
        if (base >= -(1 << upA)) {
          int shift = (index << upA) >> 1 & 31;
          value = blend(above[O + base], above[O + base + 1], shift);
        } else {
          index = (i << 6) - (k + 1) * dy;
          base = index >> (6 - upL);
          int shift = (index << upL) >> 1 & 31;
          value = blend(left[O + base], left[O + base + 1], shift);
        }
        plane.samples[to + k] = (short) value;
      }
    }
  }
}
