package dev.miniatura.heic;

/**
 * The deblocking filter of a band (H.265, 8.7.2). In intra pictures every transform block edge has
 * the boundary strength 2.
 */
final class Deblocking {

  /** Table 8-12, β′. */
  private static final byte[] BETA = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
    20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 62, 64
  };

  /** Table 8-12, tC′. */
  private static final byte[] TC = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3,
    3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 13, 14, 16, 18, 20, 22, 24
  };

  private final Picture picture;
  private final SequenceParameters sps;

  Deblocking(Picture picture) {
    this.picture = picture;
    sps = picture.sps;
  }

  /**
   * Filters the edges of the band, including its top edge: first all vertical edges, then the
   * others.
   */
  void filterBand() {
    int top = picture.bandTop << sps.log2Ctb;
    int bottom = Math.min(sps.height, top + (picture.bandRows << sps.log2Ctb));
    filter(top, bottom, true);
    filter(top, bottom, false);
  }

  private void filter(int top, int bottom, boolean vertical) {
    int flag = vertical ? Picture.LEFT_EDGE : Picture.TOP_EDGE;
    int back = vertical ? 1 : picture.cellStride;
    for (int y = top; y < bottom; y += 8) {
      int cell = picture.cell(0, y);
      for (int x = 0; x < sps.width; x += 8, cell++) {
        if ((picture.edges[cell] & flag) != 0) {
          filterEdge(x, y, cell, cell - back, vertical);
        }
      }
    }
  }

  private void filterEdge(int x, int y, int cellQ, int cellP, boolean vertical) {
    SliceHeader slice = picture.slices[picture.ctb(x >> sps.log2Ctb, y >> sps.log2Ctb)];
    if (slice == null) {
      return;
    }
    int sum = picture.qps[cellQ] + picture.qps[cellP];
    boolean keepP = picture.unfiltered[cellP];
    boolean keepQ = picture.unfiltered[cellQ];
    int qp = (sum + 1) >> 1;
    int beta = BETA[clip(qp + slice.betaOffset, 51)] << (sps.bitDepthLuma - 8);
    int tc = TC[clip(qp + 2 + slice.tcOffset, 53)] << (sps.bitDepthLuma - 8);
    short[] plane = picture.planes[0];
    int stride = picture.strides[0];
    int across = vertical ? 1 : stride;
    int along = vertical ? stride : 1;
    int index = picture.index(0, x, y);
    int max = (1 << sps.bitDepthLuma) - 1;
    for (int i = 0; i < 8; i += 4) {
      filterLuma(plane, index + i * along, across, along, beta, tc, keepP, keepQ, max);
    }
    for (int c = 1; c < picture.components; c++) {
      int position = vertical ? x >> picture.shiftX[c] : y >> picture.shiftY[c];
      if ((position & 7) != 0) {
        continue;
      }
      int offset = c == 1 ? picture.pps.cbQpOffset : picture.pps.crQpOffset;
      int chromaQp = CodingUnit.chromaQp(sps.chromaFormat, qp + offset);
      int chromaTc = TC[clip(chromaQp + 2 + slice.tcOffset, 53)] << (sps.bitDepthChroma - 8);
      int chromaStride = picture.strides[c];
      filterChroma(
          picture.planes[c],
          picture.index(c, x >> picture.shiftX[c], y >> picture.shiftY[c]),
          vertical ? 1 : chromaStride,
          vertical ? chromaStride : 1,
          8 >> (vertical ? picture.shiftY[c] : picture.shiftX[c]),
          chromaTc,
          keepP,
          keepQ,
          (1 << sps.bitDepthChroma) - 1);
    }
  }

  private static int clip(int value, int max) {
    return Math.max(0, Math.min(max, value));
  }

  /**
   * Makes the decisions for, and filters, four lines across a luma edge (8.7.2.5.3, 8.7.2.5.6,
   * 8.7.2.5.7).
   */
  private static void filterLuma(
      short[] s,
      int index,
      int across,
      int along,
      int beta,
      int tc,
      boolean keepP,
      boolean keepQ,
      int max) {
    int far = index + 3 * along;
    int dp0 = second(s, index - across, -across);
    int dp3 = second(s, far - across, -across);
    int dq0 = second(s, index, across);
    int dq3 = second(s, far, across);
    if (dp0 + dq0 + dp3 + dq3 >= beta) {
      return;
    }
    boolean strong =
        isFlat(s, index, across, 2 * (dp0 + dq0), beta, tc)
            && isFlat(s, far, across, 2 * (dp3 + dq3), beta, tc);
    int side = (beta + (beta >> 1)) >> 3;
    boolean moreP = dp0 + dp3 < side;
    boolean moreQ = dq0 + dq3 < side;
    for (int i = 0; i < 4; i++) {
      int at = index + i * along;
      if (strong) {
        filterStrong(s, at, across, tc, keepP, keepQ);
      } else {
        filterNormal(s, at, across, tc, moreP, moreQ, keepP, keepQ, max);
      }
    }
  }

  private static int second(short[] s, int index, int step) {
    return Math.abs(v(s, index + 2 * step) - 2 * v(s, index + step) + v(s, index));
  }

  private static int v(short[] s, int index) {
    return s[index] & 0xffff;
  }

  private static boolean isFlat(short[] s, int index, int across, int d, int beta, int tc) {
    int p0 = v(s, index - across);
    int q0 = v(s, index);
    return d < beta >> 2
        && Math.abs(v(s, index - 4 * across) - p0) + Math.abs(q0 - v(s, index + 3 * across))
            < beta >> 3
        && Math.abs(p0 - q0) < (5 * tc + 1) >> 1;
  }

  private static void filterStrong(
      short[] s, int index, int across, int tc, boolean keepP, boolean keepQ) {
    int p3 = v(s, index - 4 * across);
    int p2 = v(s, index - 3 * across);
    int p1 = v(s, index - 2 * across);
    int p0 = v(s, index - across);
    int q0 = v(s, index);
    int q1 = v(s, index + across);
    int q2 = v(s, index + 2 * across);
    int q3 = v(s, index + 3 * across);
    int limit = 2 * tc;
    if (!keepP) {
      s[index - across] = near(p0, (p2 + 2 * p1 + 2 * p0 + 2 * q0 + q1 + 4) >> 3, limit);
      s[index - 2 * across] = near(p1, (p2 + p1 + p0 + q0 + 2) >> 2, limit);
      s[index - 3 * across] = near(p2, (2 * p3 + 3 * p2 + p1 + p0 + q0 + 4) >> 3, limit);
    }
    if (!keepQ) {
      s[index] = near(q0, (p1 + 2 * p0 + 2 * q0 + 2 * q1 + q2 + 4) >> 3, limit);
      s[index + across] = near(q1, (p0 + q0 + q1 + q2 + 2) >> 2, limit);
      s[index + 2 * across] = near(q2, (p0 + q0 + q1 + 3 * q2 + 2 * q3 + 4) >> 3, limit);
    }
  }

  private static short near(int value, int filtered, int limit) {
    return (short) Math.max(value - limit, Math.min(value + limit, filtered));
  }

  private static void filterNormal(
      short[] s,
      int index,
      int across,
      int tc,
      boolean moreP,
      boolean moreQ,
      boolean keepP,
      boolean keepQ,
      int max) {
    int p2 = v(s, index - 3 * across);
    int p1 = v(s, index - 2 * across);
    int p0 = v(s, index - across);
    int q0 = v(s, index);
    int q1 = v(s, index + across);
    int q2 = v(s, index + 2 * across);
    int delta = (9 * (q0 - p0) - 3 * (q1 - p1) + 8) >> 4;
    if (Math.abs(delta) >= tc * 10) {
      return;
    }
    delta = Math.max(-tc, Math.min(tc, delta));
    int half = tc >> 1;
    if (!keepP) {
      s[index - across] = (short) clip(p0 + delta, max);
      if (moreP) {
        int move = (((p2 + p0 + 1) >> 1) - p1 + delta) >> 1;
        s[index - 2 * across] = (short) clip(p1 + Math.max(-half, Math.min(half, move)), max);
      }
    }
    if (!keepQ) {
      s[index] = (short) clip(q0 - delta, max);
      if (moreQ) {
        int move = (((q2 + q0 + 1) >> 1) - q1 - delta) >> 1;
        s[index + across] = (short) clip(q1 + Math.max(-half, Math.min(half, move)), max);
      }
    }
  }

  /** Filters lines across a chroma edge (8.7.2.5.5, 8.7.2.5.8). */
  private static void filterChroma(
      short[] s,
      int index,
      int across,
      int along,
      int lines,
      int tc,
      boolean keepP,
      boolean keepQ,
      int max) {
    for (int i = 0; i < lines; i++) {
      int at = index + i * along;
      int p0 = v(s, at - across);
      int q0 = v(s, at);
      int delta = (((q0 - p0) << 2) + v(s, at - 2 * across) - v(s, at + across) + 4) >> 3;
      delta = Math.max(-tc, Math.min(tc, delta));
      if (!keepP) {
        s[at - across] = (short) clip(p0 + delta, max);
      }
      if (!keepQ) {
        s[at] = (short) clip(q0 - delta, max);
      }
    }
  }
}
