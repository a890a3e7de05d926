package dev.miniatura.internal.av1;

/** The self-guided filter of loop restoration (clauses 7.17.2 and 7.17.3). */
final class SelfGuidedFilter {

  private static final int STRIDE = LoopRestoration.STRIDE;
  private static final int BORDER = LoopRestoration.BORDER;

  /** Sgr_Params: radius and eps of two passes. */
  private static final byte[] PARAMETERS = {
    2, 12, 1, 4, 2, 15, 1, 6, 2, 18, 1, 8, 2, 21, 1, 9, 2, 24, 1, 10, 2, 29, 1, 11, 2, 36, 1, 12, 2,
    45, 1, 13, 2, 56, 1, 14, 2, 68, 1, 15, 0, 0, 1, 5, 0, 0, 1, 8, 0, 0, 1, 11, 0, 0, 1, 14, 2, 30,
    0, 0, 2, 75, 0, 0
  };

  private final int bitDepth;
  private final int[] a = new int[STRIDE * STRIDE];
  private final int[] b = new int[STRIDE * STRIDE];
  private final int[][] filtered = new int[2][STRIDE * STRIDE];

  SelfGuidedFilter(int bitDepth) {
    this.bitDepth = bitDepth;
  }

  /** Returns the radius of a pass. */
  static int radius(int set, int pass) {
    return PARAMETERS[set * 4 + pass * 2];
  }

  /** Filters a piece whose source has a border. */
  void filter(
      int[] source, byte[] coded, int at, Plane target, int x, int y, int width, int height) {
    int set = coded[at];
    int w0 = coded[at + 1];
    int w1 = coded[at + 2];
    int w2 = 128 - w0 - w1;
    for (int pass = 0; pass < 2; pass++) {
      if (radius(set, pass) > 0) {
        prepare(source, set, pass, width, height);
        smooth(source, pass, width, height);
      }
    }
    int most = (1 << bitDepth) - 1;
    boolean first = radius(set, 0) > 0;
    boolean second = radius(set, 1) > 0;
    for (int i = 0; i < height; i++) {
      int out = target.at(x, y + i);
      int in = (i + BORDER) * STRIDE + BORDER;
      for (int k = 0; k < width; k++) {
        int u = source[in + k] << 4;
        int v = w1 * u;
        v += w0 * (first ? filtered[0][in + k] : u);
        v += w2 * (second ? filtered[1][in + k] : u);
        target.samples[out + k] = (short) Math.max(0, Math.min(most, (v + 1024) >> 11));
      }
    }
  }

  /** Computes the arrays A and B of the box filter. */
  private void prepare(int[] source, int set, int pass, int width, int height) {
    int r = radius(set, pass);
    int eps = PARAMETERS[set * 4 + pass * 2 + 1];
    int n = (2 * r + 1) * (2 * r + 1);
    int n2e = n * n * eps;
    int s = ((1 << 20) + n2e / 2) / n2e;
    int oneOverN = ((1 << 12) + n / 2) / n;
    int shift = bitDepth - 8;
    int roundA = 1 << (2 * shift) >> 1;
    int roundB = 1 << shift >> 1;
    for (int i = -1; i < height + 1; i++) {
      if (pass == 0 && (i & 1) == 0) {
        continue;
      }
      for (int k = -1; k < width + 1; k++) {
        int at = (i + BORDER) * STRIDE + BORDER + k;
        int squares = 0;
        int sum = 0;
        for (int dy = -r; dy <= r; dy++) {
          for (int dx = -r; dx <= r; dx++) {
            int c = source[at + dy * STRIDE + dx];
            squares += c * c;
            sum += c;
          }
        }
        int scaled = (squares + roundA) >> (2 * shift);
        int d = (sum + roundB) >> shift;
        int p = Math.max(0, scaled * n - d * d);
        int z = (int) (((long) p * s + (1 << 19)) >> 20);
        int a2 = z >= 255 ? 256 : z == 0 ? 1 : ((z << 8) + z / 2) / (z + 1);
        a[at] = a2;
        b[at] = ((256 - a2) * sum * oneOverN + (1 << 11)) >>> 12; // fills 32 bits
      }
    }
  }

  private void smooth(int[] source, int pass, int width, int height) {
    int[] to = filtered[pass];
    for (int i = 0; i < height; i++) {
      for (int k = 0; k < width; k++) {
        int at = (i + BORDER) * STRIDE + BORDER + k;
        int shift = 9; // SGRPROJ_SGR_BITS + 5 - SGRPROJ_RST_BITS
        int sumA;
        int sumB;
        if (pass == 1) {
          sumA = 4 * cross(a, at) + 3 * corners(a, at);
          sumB = 4 * cross(b, at) + 3 * corners(b, at);
        } else if ((i & 1) == 0) {
          sumA = row(a, at - STRIDE) + row(a, at + STRIDE);
          sumB = row(b, at - STRIDE) + row(b, at + STRIDE);
        } else {
          sumA = row(a, at);
          sumB = row(b, at);
          shift = 8;
        }
        to[at] = (sumA * source[at] + sumB + (1 << (shift - 1))) >> shift;
      }
    }
  }

  private static int row(int[] v, int at) {
    return 6 * v[at] + 5 * (v[at - 1] + v[at + 1]);
  }

  private static int cross(int[] v, int at) {
    return v[at] + v[at - 1] + v[at + 1] + v[at - STRIDE] + v[at + STRIDE];
  }

  private static int corners(int[] v, int at) {
    return v[at - STRIDE - 1] + v[at - STRIDE + 1] + v[at + STRIDE - 1] + v[at + STRIDE + 1];
  }
}
