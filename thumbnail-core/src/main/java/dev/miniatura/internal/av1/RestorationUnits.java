package dev.miniatura.internal.av1;

/** Types and coefficients of loop restoration units (clause 5.11.58). */
final class RestorationUnits {

  /** The number of entries of one unit: its type, then 6 Wiener taps, or a set and two weights. */
  static final int UNIT = 8;

  private static final int[] WIENER_MIN = {-5, -23, -17};
  private static final int[] WIENER_MAX = {10, 8, 46};
  private static final int[] WIENER_K = {1, 2, 3};
  private static final int[] XQD_MIN = {-96, -32};
  private static final int[] XQD_MAX = {31, 95};
  private static final int XQD_K = 4; // SGRPROJ_PRJ_SUBEXP_K

  final int[] columns = new int[3];
  final int[] rows = new int[3];
  final byte[][] units = new byte[3][0];

  RestorationUnits(FrameHeader header) {
    for (int plane = 0; plane < 3; plane++) {
      if (header.restorationType[plane] != FrameHeader.RESTORE_NONE) {
        int size = header.restorationSize[plane];
        columns[plane] = FrameHeader.restorationUnits(size, header.upscaledPlaneWidth(plane));
        rows[plane] = FrameHeader.restorationUnits(size, header.planeHeight(plane));
        units[plane] = new byte[UNIT * columns[plane] * rows[plane]];
      }
    }
  }

  static long bytes(FrameHeader header) {
    long bytes = 0;
    for (int plane = 0; plane < 3; plane++) {
      if (header.restorationType[plane] != FrameHeader.RESTORE_NONE) {
        long size = header.restorationSize[plane];
        bytes +=
            UNIT
                * (header.upscaledPlaneWidth(plane) / size + 1)
                * (header.planeHeight(plane) / size + 1);
      }
    }
    return bytes;
  }

  /** The reference coefficients that one tile keeps between its units. */
  static final class References {
    final int[][][] wiener = new int[3][2][];
    final int[][] xqd = new int[3][];

    References() {
      for (int plane = 0; plane < 3; plane++) {
        wiener[plane][0] = new int[] {3, -7, 15};
        wiener[plane][1] = new int[] {3, -7, 15};
        xqd[plane] = new int[] {-32, 31};
      }
    }
  }

  /** Reads read_lr( ) at the start of a superblock. */
  void read(SymbolDecoder in, FrameHeader header, References references, int row, int col) {
    if (!header.usesRestoration) {
      return;
    }
    SequenceHeader sequence = header.sequence;
    int side = sequence.superblock128 ? 32 : 16;
    for (int plane = 0; plane < sequence.planes(); plane++) {
      int frameType = header.restorationType[plane];
      if (frameType == FrameHeader.RESTORE_NONE) {
        continue;
      }
      int subX = plane == 0 ? 0 : sequence.subsamplingX;
      int subY = plane == 0 ? 0 : sequence.subsamplingY;
      int size = header.restorationSize[plane];
      int rowStart = (row * (4 >> subY) + size - 1) / size;
      int rowEnd = Math.min(rows[plane], ((row + side) * (4 >> subY) + size - 1) / size);
      int numerator = 4 >> subX;
      int denominator = size;
      if (header.superres()) {
        numerator *= header.superresDenominator;
        denominator *= 8;
      }
      int colStart = (col * numerator + denominator - 1) / denominator;
      int colEnd =
          Math.min(columns[plane], ((col + side) * numerator + denominator - 1) / denominator);
      for (int r = rowStart; r < rowEnd; r++) {
        for (int c = colStart; c < colEnd; c++) {
          readUnit(in, frameType, references, plane, UNIT * (r * columns[plane] + c));
        }
      }
    }
  }

  private void readUnit(SymbolDecoder in, int frameType, References references, int plane, int at) {
    int type;
    if (frameType == FrameHeader.RESTORE_WIENER) {
      type = in.flag(Cdfs.USE_WIENER) ? FrameHeader.RESTORE_WIENER : FrameHeader.RESTORE_NONE;
    } else if (frameType == FrameHeader.RESTORE_SGRPROJ) {
      type = in.flag(Cdfs.USE_SGRPROJ) ? FrameHeader.RESTORE_SGRPROJ : FrameHeader.RESTORE_NONE;
    } else {
      type = in.symbol(Cdfs.RESTORATION_TYPE, 3);
    }
    byte[] unit = units[plane];
    unit[at] = (byte) type;
    if (type == FrameHeader.RESTORE_WIENER) {
      for (int pass = 0; pass < 2; pass++) {
        int[] taps = references.wiener[plane][pass];
        for (int i = plane > 0 ? 1 : 0; i < 3; i++) {
          taps[i] = signedSubexp(in, WIENER_MIN[i], WIENER_MAX[i] + 1, WIENER_K[i], taps[i]);
          unit[at + 1 + 3 * pass + i] = (byte) taps[i];
        }
      }
    } else if (type == FrameHeader.RESTORE_SGRPROJ) {
      int set = in.literal(4);
      unit[at + 1] = (byte) set;
      int[] xqd = references.xqd[plane];
      for (int i = 0; i < 2; i++) {
        if (SelfGuidedFilter.radius(set, i) > 0) {
          xqd[i] = signedSubexp(in, XQD_MIN[i], XQD_MAX[i] + 1, XQD_K, xqd[i]);
        } else {
          xqd[i] = i == 0 ? 0 : Math.max(XQD_MIN[1], Math.min(XQD_MAX[1], 128 - xqd[0]));
        }
        unit[at + 2 + i] = (byte) xqd[i];
      }
    }
  }

  /** decode_signed_subexp_with_ref_bool( ). */
  private static int signedSubexp(SymbolDecoder in, int low, int high, int k, int reference) {
    int most = high - low;
    int r = reference - low;
    int value = subexp(in, most, k);
    int recentered =
        r << 1 <= most
            ? inverseRecenter(r, value)
            : most - 1 - inverseRecenter(most - 1 - r, value);
    return recentered + low;
  }

  private static int subexp(SymbolDecoder in, int count, int k) {
    int base = 0;
    for (int i = 0; ; i++) {
      int bits = i == 0 ? k : k + i - 1;
      int step = 1 << bits;
      if (count <= base + 3 * step) {
        return in.nonSymmetric(count - base) + base;
      }
      if (in.bit() == 0) {
        return in.literal(bits) + base;
      }
      base += step;
    }
  }

  private static int inverseRecenter(int r, int value) {
    if (value > 2 * r) {
      return value;
    }
    return (value & 1) != 0 ? r - ((value + 1) >> 1) : r + (value >> 1);
  }
}
