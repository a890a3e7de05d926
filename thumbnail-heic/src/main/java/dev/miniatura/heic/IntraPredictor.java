package dev.miniatura.heic;

import java.util.Arrays;

/** Predicts a block from the samples around it (H.265, 8.4.4.2). */
final class IntraPredictor {

  private static final int PLANAR = 0;
  private static final int DC = 1;
  private static final int HORIZONTAL = 10;
  private static final int VERTICAL = 26;
  private static final int FIRST_VERTICAL = 18;

  /** Table 8-5: intraPredAngle of modes 2 to 34. */
  private static final byte[] ANGLES = {
    32, 26, 21, 17, 13, 9, 5, 2, 0, -2, -5, -9, -13, -17, -21, -26, -32, -26, -21, -17, -13, -9, -5,
    -2, 0, 2, 5, 9, 13, 17, 21, 26, 32
  };

  /** Table 8-6: invAngle of modes 11 to 25. */
  private static final short[] INVERSE_ANGLES = {
    -4096, -1638, -910, -630, -482, -390, -315, -256, -315, -390, -482, -630, -910, -1638, -4096
  };

  private final Picture picture;
  private final SequenceParameters sps;
  private final Neighbors neighbors;
  private final CodingUnit unit;

  // The samples around the block, from the bottom left through the corner, which is at 2 * size, to
  // the rightmost above
  private int[] border = new int[4 * 32 + 1];
  private int[] smoothed = new int[4 * 32 + 1];
  private final int[] reference = new int[3 * 32 + 1];

  IntraPredictor(Picture picture, Neighbors neighbors, CodingUnit unit) {
    this.picture = picture;
    this.neighbors = neighbors;
    this.unit = unit;
    sps = picture.sps;
  }

  /** Predicts the block of a component at (x, y), in its samples. */
  void predict(int c, int x, int y, int log2, int mode) {
    int size = 1 << log2;
    loadBorder(c, x, y, size);
    if (!sps.intraSmoothingDisabled && (c == 0 || sps.chromaFormat == 3)) {
      smooth(c, log2, mode);
    }
    short[] plane = picture.planes[c];
    int stride = picture.strides[c];
    int index = picture.index(c, x, y);
    boolean edges = c == 0 && size < 32;
    if (mode == PLANAR) {
      predictPlanar(plane, index, stride, log2);
    } else if (mode == DC) {
      predictDc(plane, index, stride, log2, edges);
    } else {
      boolean edge = edges && !(sps.implicitRdpcm && unit.bypass);
      predictAngular(plane, index, stride, size, mode, edge, (1 << sps.bitDepth(c)) - 1);
    }
  }

  /** Loads the neighboring samples, and substitutes unavailable ones (8.4.4.2.2). */
  private void loadBorder(int c, int x, int y, int size) {
    int shiftX = picture.shiftX[c];
    int shiftY = picture.shiftY[c];
    int lumaX = x << shiftX;
    int lumaY = y << shiftY;
    int width = size << shiftX;
    int height = size << shiftY;
    boolean left = neighbors.available(lumaX, lumaY, lumaX - 1, lumaY);
    boolean above = neighbors.available(lumaX, lumaY, lumaX, lumaY - 1);
    boolean corner = neighbors.available(lumaX, lumaY, lumaX - 1, lumaY - 1);
    int below = 0;
    if (left && neighbors.available(lumaX, lumaY, lumaX - 1, lumaY + height)) {
      below = Math.min(size, picture.heights[c] - y - size);
    }
    int right = 0;
    if (neighbors.available(lumaX, lumaY, lumaX + width, lumaY - 1)) {
      right = Math.min(size, picture.widths[c] - x - size);
    }
    int middle = 2 * size;
    if (!left && !above && !corner && right == 0) {
      Arrays.fill(border, 0, 4 * size + 1, 1 << (sps.bitDepth(c) - 1));
      return;
    }
    short[] plane = picture.planes[c];
    int stride = picture.strides[c];
    int index = picture.index(c, x, y);
    boolean bandTop = y == picture.bandTop << (sps.log2Ctb - shiftY);
    short[] row = bandTop ? picture.above[c] : plane;
    int rowIndex = bandTop ? x : index - stride;
    if (left) {
      for (int i = 0; i < size + below; i++) {
        border[middle - 1 - i] = plane[index + i * stride - 1];
      }
    }
    if (corner) {
      border[middle] = row[rowIndex - 1];
    }
    for (int i = above ? 0 : size; i < size + right; i++) {
      border[middle + 1 + i] = row[rowIndex + i];
    }
    substitute(size, left, corner, above, below, right);
  }

  private void substitute(
      int size, boolean left, boolean corner, boolean above, int below, int right) {
    int middle = 2 * size;
    // the first available one, starting at the bottom left
    int first = left ? middle - size - below : corner ? middle : middle + (above ? 1 : 1 + size);
    Arrays.fill(border, 0, first, border[first]);
    if (left && !corner) {
      border[middle] = border[middle - 1];
    }
    if (!above && first <= middle) {
      Arrays.fill(border, middle + 1, middle + 1 + size, border[middle]);
    }
    Arrays.fill(border, middle + 1 + size + right, 4 * size + 1, border[middle + size + right]);
  }

  /** Filters the neighboring samples (8.4.4.2.3). */
  private void smooth(int c, int log2, int mode) {
    if (mode == DC || log2 == 2) {
      return;
    }
    int distance = Math.min(Math.abs(mode - VERTICAL), Math.abs(mode - HORIZONTAL));
    if (distance <= (log2 == 3 ? 7 : log2 == 4 ? 1 : 0)) {
      return;
    }
    int last = 4 << log2;
    int middle = 2 << log2;
    int low = border[0];
    int corner = border[middle];
    int high = border[last];
    smoothed[0] = low;
    smoothed[last] = high;
    int limit = 1 << (sps.bitDepthLuma - 5);
    if (sps.strongIntraSmoothing
        && c == 0
        && log2 == 5
        && Math.abs(corner + high - 2 * border[middle + 32]) < limit
        && Math.abs(corner + low - 2 * border[middle - 32]) < limit) {
      for (int i = 1; i < 64; i++) {
        smoothed[i] = ((64 - i) * low + i * corner + 32) >> 6;
        smoothed[middle + i] = ((64 - i) * corner + i * high + 32) >> 6;
      }
      smoothed[middle] = corner;
    } else {
      for (int i = 1; i < last; i++) {
        smoothed[i] = (border[i - 1] + 2 * border[i] + border[i + 1] + 2) >> 2;
      }
    }
    int[] other = border;
    border = smoothed;
    smoothed = other;
  }

  /** 8.4.4.2.4. */
  private void predictPlanar(short[] plane, int index, int stride, int log2) {
    int size = 1 << log2;
    int middle = 2 * size;
    int right = border[middle + 1 + size];
    int below = border[middle - 1 - size];
    for (int y = 0; y < size; y++) {
      int left = border[middle - 1 - y];
      for (int x = 0; x < size; x++) {
        plane[index + y * stride + x] =
            (short)
                (((size - 1 - x) * left
                        + (x + 1) * right
                        + (size - 1 - y) * border[middle + 1 + x]
                        + (y + 1) * below
                        + size)
                    >> (log2 + 1));
      }
    }
  }

  /** 8.4.4.2.5. */
  private void predictDc(short[] plane, int index, int stride, int log2, boolean edges) {
    int size = 1 << log2;
    int middle = 2 * size;
    int sum = size;
    for (int i = 1; i <= size; i++) {
      sum += border[middle + i] + border[middle - i];
    }
    int dc = sum >> (log2 + 1);
    for (int y = 0; y < size; y++) {
      Arrays.fill(plane, index + y * stride, index + y * stride + size, (short) dc);
    }
    if (edges) {
      plane[index] = (short) ((border[middle - 1] + 2 * dc + border[middle + 1] + 2) >> 2);
      for (int i = 1; i < size; i++) {
        plane[index + i] = (short) ((border[middle + 1 + i] + 3 * dc + 2) >> 2);
        plane[index + i * stride] = (short) ((border[middle - 1 - i] + 3 * dc + 2) >> 2);
      }
    }
  }

  /** 8.4.4.2.6. Horizontal modes are vertical ones with rows and columns exchanged. */
  private void predictAngular(
      short[] plane, int index, int stride, int size, int mode, boolean edge, int max) {
    boolean vertical = mode >= FIRST_VERTICAL;
    int angle = ANGLES[mode - 2];
    int middle = 2 * size;
    int main = vertical ? 1 : -1; // direction of the main reference in the border
    int first = size; // position of ref[0]
    for (int i = 0; i <= size; i++) {
      reference[first + i] = border[middle + main * i];
    }
    int last = (size * angle) >> 5;
    if (angle < 0) {
      for (int i = last; i < 0 && last < -1; i++) {
        int inverse = INVERSE_ANGLES[mode - 11];
        reference[first + i] = border[middle - main * ((i * inverse + 128) >> 8)];
      }
    } else {
      for (int i = size + 1; i <= 2 * size; i++) {
        reference[first + i] = border[middle + main * i];
      }
    }
    int across = vertical ? stride : 1;
    int along = vertical ? 1 : stride;
    for (int i = 0; i < size; i++) {
      int offset = ((i + 1) * angle) >> 5;
      int fraction = ((i + 1) * angle) & 31;
      int from = first + offset + 1;
      int to = index + i * across;
      for (int j = 0; j < size; j++) {
        int a = reference[from + j];
        plane[to + j * along] =
            (short)
                (fraction == 0
                    ? a
                    : ((32 - fraction) * a + fraction * reference[from + j + 1] + 16) >> 5);
      }
    }
    if (angle == 0 && edge) {
      int corner = border[middle];
      int start = border[middle + main];
      for (int i = 0; i < size; i++) {
        int value = start + ((border[middle - main * (i + 1)] - corner) >> 1);
        plane[index + i * across] = (short) Math.max(0, Math.min(max, value));
      }
    }
  }
}
