package dev.miniatura.internal.av1;

/** The deblocking filter of a whole frame (clause 7.14). */
final class LoopFilter {

  private static final int MAX_LOOP_FILTER = 63;

  private final FrameState state;
  private final FrameHeader header;
  private final int shift; // bit depth above 8
  private final int[] uniformLevels = new int[4];

  LoopFilter(FrameState state) {
    this.state = state;
    header = state.header;
    shift = header.sequence.bitDepth - 8;
    for (int i = 0; i < 4; i++) {
      uniformLevels[i] = level(header, 0, i, 0);
    }
  }

  /**
   * Returns lvlSeg of an intra block (clause 7.14.5).
   *
   * @param index 0 and 1 for vertical and horizontal edges of luma, 2 and 3 for U and V
   */
  static int level(FrameHeader header, int segment, int index, int delta) {
    int level = clamp(delta + header.filterLevel[index]);
    int feature = FrameHeader.SEG_LVL_ALT_LF_Y_V + index;
    if (header.featureActive(segment, feature)) {
      level = clamp(level + header.featureData[segment][feature]);
    }
    if (header.filterDeltaEnabled) {
      level = clamp(level + (header.intraRefDelta << (level >> 5)));
    }
    return level;
  }

  private static int clamp(int level) {
    return Math.max(0, Math.min(MAX_LOOP_FILTER, level));
  }

  /** Filters all planes, the vertical edges first. */
  void filter() {
    for (int plane = 0; plane < header.sequence.planes(); plane++) {
      if (plane == 0 || header.filterLevel[1 + plane] != 0) {
        filterVertical(plane);
        filterHorizontal(plane);
      }
    }
  }

  /** Filters the edges between columns. */
  private void filterVertical(int plane) {
    int subX = plane > 0 ? header.sequence.subsamplingX : 0;
    int subY = plane > 0 ? header.sequence.subsamplingY : 0;
    byte[] sizes = plane == 0 ? state.lumaTxSize : state.chromaTxSize;
    int stride = plane == 0 ? state.txStride : state.chromaTxStride;
    Plane target = state.planes[plane];
    int rows = (((header.frameHeight + 3) >> 2) + subY) >> subY;
    int cols = (((header.frameWidth + 3) >> 2) + subX) >> subX;
    for (int row = 0; row < rows; row++) {
      int before = Blocks.TX_WIDTH_LOG2[sizes[row * stride]];
      for (int col = 1 << (before - 2); col < cols; ) {
        int current = Blocks.TX_WIDTH_LOG2[sizes[row * stride + col]];
        int level = edgeLevel(plane, 0, row << subY, col << subX, 0, 1 << subX);
        if (level > 0) {
          int at = target.at(col * 4, row * 4);
          filterEdge(target.samples, at, 1, target.stride, plane, level, Math.min(before, current));
        }
        before = current;
        col += 1 << (current - 2);
      }
    }
  }

  /** Filters the edges between rows. */
  private void filterHorizontal(int plane) {
    int subX = plane > 0 ? header.sequence.subsamplingX : 0;
    int subY = plane > 0 ? header.sequence.subsamplingY : 0;
    byte[] sizes = plane == 0 ? state.lumaTxSize : state.chromaTxSize;
    int stride = plane == 0 ? state.txStride : state.chromaTxStride;
    Plane target = state.planes[plane];
    int rows = (((header.frameHeight + 3) >> 2) + subY) >> subY;
    int cols = (((header.frameWidth + 3) >> 2) + subX) >> subX;
    for (int row = 1; row < rows; row++) {
      for (int col = 0; col < cols; col++) {
        int current = Blocks.TX_HEIGHT_LOG2[sizes[row * stride + col]];
        if ((row & (1 << (current - 2)) - 1) != 0) {
          continue;
        }
        int before = Blocks.TX_HEIGHT_LOG2[sizes[(row - 1) * stride + col]];
        int level = edgeLevel(plane, 1, row << subY, col << subX, 1 << subY, 0);
        if (level > 0) {
          int at = target.at(col * 4, row * 4);
          filterEdge(target.samples, at, target.stride, 1, plane, level, Math.min(before, current));
        }
      }
    }
  }

  private int edgeLevel(int plane, int pass, int row, int col, int backRow, int backCol) {
    int index = plane == 0 ? pass : plane + 1;
    if (state.filterLevels.length == 0) {
      return uniformLevels[index];
    }
    int y = row | (plane > 0 ? header.sequence.subsamplingY : 0);
    int x = col | (plane > 0 ? header.sequence.subsamplingX : 0);
    int level = state.filterLevels[4 * (y * header.miCols + x) + index];
    if (level == 0) {
      level = state.filterLevels[4 * ((y - backRow) * header.miCols + x - backCol) + index];
    }
    return level;
  }

  /**
   * Filters the four lines across an edge.
   *
   * @param at the first sample after the edge
   * @param across the step over the edge
   * @param along the step to the next line
   * @param sizeLog2 log2 size of the smaller transform block
   */
  private void filterEdge(
      short[] s, int at, int across, int along, int plane, int level, int sizeLog2) {
    int sharpness = header.sharpness;
    int limitShift = sharpness > 4 ? 2 : sharpness > 0 ? 1 : 0;
    int limit = level >> limitShift;
    if (sharpness > 0) {
      limit = Math.min(limit, 9 - sharpness);
    }
    limit = Math.max(1, limit);
    int blimit = 2 * (level + 2) + limit;
    int threshold = level >> 4;
    int taps; // reach of the widest filter on each side
    if (sizeLog2 == 2) {
      taps = 4;
    } else if (plane > 0) {
      taps = 6;
    } else {
      taps = sizeLog2 == 3 ? 8 : 16;
    }
    for (int i = 0; i < 4; i++) {
      filterLine(
          s, at + i * along, across, taps, limit << shift, blimit << shift, threshold << shift);
    }
  }

  private void filterLine(
      short[] s, int at, int d, int taps, int limit, int blimit, int threshold) {
    int p1 = s[at - 2 * d];
    int p0 = s[at - d];
    int q0 = s[at];
    int q1 = s[at + d];
    if (Math.abs(p1 - p0) > limit
        || Math.abs(q1 - q0) > limit
        || Math.abs(p0 - q0) * 2 + Math.abs(p1 - q1) / 2 > blimit) {
      return;
    }
    boolean flat = false;
    if (taps >= 6) {
      int p2 = s[at - 3 * d];
      int q2 = s[at + 2 * d];
      if (Math.abs(p2 - p1) > limit || Math.abs(q2 - q1) > limit) {
        return;
      }
      int one = 1 << shift;
      flat =
          Math.abs(p1 - p0) <= one
              && Math.abs(q1 - q0) <= one
              && Math.abs(p2 - p0) <= one
              && Math.abs(q2 - q0) <= one;
      if (taps >= 8) {
        int p3 = s[at - 4 * d];
        int q3 = s[at + 3 * d];
        if (Math.abs(p3 - p2) > limit || Math.abs(q3 - q2) > limit) {
          return;
        }
        flat &= Math.abs(p3 - p0) <= one && Math.abs(q3 - q0) <= one;
      }
    }
    if (!flat) {
      boolean hev = Math.abs(p1 - p0) > threshold || Math.abs(q1 - q0) > threshold;
      narrow(s, at, d, hev, p1, p0, q0, q1);
    } else if (taps == 6) {
      wide(s, at, d, 2, 1, 3);
    } else if (taps == 8 || !flatFar(s, at, d, p0, q0)) {
      wide(s, at, d, 3, 0, 3);
    } else {
      wide(s, at, d, 6, 1, 4);
    }
  }

  private boolean flatFar(short[] s, int at, int d, int p0, int q0) {
    int one = 1 << shift;
    for (int i = 4; i < 7; i++) {
      if (Math.abs(s[at - (i + 1) * d] - p0) > one || Math.abs(s[at + i * d] - q0) > one) {
        return false;
      }
    }
    return true;
  }

  private void narrow(short[] s, int at, int d, boolean hev, int p1, int p0, int q0, int q1) {
    int half = 128 << shift;
    int base = hev ? clamp4(p1 - q1) : 0;
    int filter = clamp4(base + 3 * (q0 - p0));
    int filter1 = clamp4(filter + 4) >> 3;
    int filter2 = clamp4(filter + 3) >> 3;
    s[at] = (short) (clamp4(q0 - half - filter1) + half);
    s[at - d] = (short) (clamp4(p0 - half + filter2) + half);
    if (!hev) {
      int outer = (filter1 + 1) >> 1;
      s[at + d] = (short) (clamp4(q1 - half - outer) + half);
      s[at - 2 * d] = (short) (clamp4(p1 - half + outer) + half);
    }
  }

  private int clamp4(int value) {
    int half = 128 << shift;
    return Math.max(-half, Math.min(half - 1, value));
  }

  private final int[] filtered = new int[12];

  /** The wide filter (clause 7.14.6.4): n samples on each side change. */
  private void wide(short[] s, int at, int d, int n, int doubled, int log2) {
    for (int i = -n; i < n; i++) {
      int sum = 0;
      for (int j = -n; j <= n; j++) {
        int p = Math.max(-(n + 1), Math.min(n, i + j));
        int tap = Math.abs(j) <= doubled ? 2 : 1;
        sum += s[at + p * d] * tap;
      }
      filtered[i + n] = (sum + (1 << (log2 - 1))) >> log2;
    }
    for (int i = -n; i < n; i++) {
      s[at + i * d] = (short) filtered[i + n];
    }
  }
}
