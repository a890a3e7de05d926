package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import java.util.Arrays;

/** Reads the coefficient levels of a transform block (H.265, 7.3.8.11, 9.3.4.2.4 to 9.3.4.2.7). */
final class CoefficientReader {

  /** ctxIdxMap of blocks of 4 × 4 (Table 9-50). */
  private static final byte[] CONTEXTS_4X4 = {0, 1, 4, 5, 2, 3, 4, 5, 6, 6, 8, 8, 7, 7, 8, 8};

  /** sigCtx within a sub-block by prevCsbf and position (9-42 to 9-46). */
  private static final byte[][] CONTEXTS = {
    {2, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0},
    {2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0},
    {2, 1, 0, 0, 2, 1, 0, 0, 2, 1, 0, 0, 2, 1, 0, 0},
    {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}
  };

  private static final int HORIZONTAL_MODE = 10;
  private static final int VERTICAL_MODE = 26;

  /** {@code transform_skip_flag} of the block that was read last. */
  boolean transformSkip;

  /** Size of the part from the top left that has all coefficients: 1 × 1, or of sub-blocks. */
  int width;

  int height;

  private final SequenceParameters sps;
  private final PictureParameters pps;
  private final CabacReader cabac;
  private final CodingUnit unit;
  private final int[] levels;
  private final boolean[] codedSubBlocks = new boolean[9 * 9];
  private final byte[] positions = new byte[16]; // of significant coefficients in a sub-block
  private final int[] absolute = new int[16];

  /** Writes levels to {@code levels}, row by row; the caller has cleared it. */
  CoefficientReader(Picture picture, CabacReader cabac, CodingUnit unit, int[] levels) {
    sps = picture.sps;
    pps = picture.pps;
    this.cabac = cabac;
    this.unit = unit;
    this.levels = levels;
  }

  void read(int log2, int c, int mode) throws MalformedImageException {
    transformSkip =
        pps.transformSkip
            && !unit.bypass
            && log2 <= pps.log2MaxTransformSkip
            && cabac.bin(Contexts.TRANSFORM_SKIP + (c == 0 ? 0 : 1)) != 0;
    int scan = scanOrder(log2, c, mode);
    int prefixX = readLastPrefix(Contexts.LAST_X, log2, c);
    int prefixY = readLastPrefix(Contexts.LAST_Y, log2, c);
    int lastX = readLastSuffix(prefixX);
    int lastY = readLastSuffix(prefixY);
    if (scan == Scan.VERTICAL) {
      int x = lastX;
      lastX = lastY;
      lastY = x;
    }
    boolean plain = unit.bypass || transformSkip;
    boolean straight = mode == HORIZONTAL_MODE || mode == VERTICAL_MODE;
    boolean hiding =
        pps.signDataHiding && !unit.bypass && !(sps.implicitRdpcm && transformSkip && straight);
    byte[] subBlocks = Scan.positions(scan, log2 - 2);
    byte[] within = Scan.positions(scan, 2);
    int last = indexOf(subBlocks, (lastY >> 2) << (log2 - 2) | lastX >> 2);
    int lastWithin = indexOf(within, (lastY & 3) << 2 | (lastX & 3));
    Arrays.fill(codedSubBlocks, false);
    width = (lastX | lastY) == 0 ? 1 : (lastX & ~3) + 4;
    height = (lastX | lastY) == 0 ? 1 : (lastY & ~3) + 4;
    boolean carried = false; // lastGreater1Ctx led to 0 in the sub-block before
    for (int i = last; i >= 0; i--) {
      int subX = subBlocks[i] & ((1 << (log2 - 2)) - 1);
      int subY = subBlocks[i] >> (log2 - 2);
      int right = codedSubBlocks[subY * 9 + subX + 1] ? 1 : 0;
      int below = codedSubBlocks[subY * 9 + 9 + subX] ? 1 : 0;
      boolean coded = true;
      boolean infer = false; // inferSbDcSigCoeffFlag
      if (i < last && i > 0) {
        coded = cabac.bin(Contexts.CODED_SUB_BLOCK + (right | below) + (c == 0 ? 0 : 2)) != 0;
        infer = true;
      }
      if (!coded) {
        continue;
      }
      codedSubBlocks[subY * 9 + subX] = true;
      if (i > 0) {
        width = Math.max(width, 4 * subX + 4);
        height = Math.max(height, 4 * subY + 4);
      }
      byte[] contexts = log2 == 2 ? CONTEXTS_4X4 : CONTEXTS[right | below << 1];
      int base = sigContext(log2, c, scan, i);
      int count = 0;
      int start = 15;
      if (i == last) {
        positions[count++] = (byte) lastWithin;
        start = lastWithin - 1;
      }
      for (int n = start; n >= 0; n--) {
        boolean significant;
        if (n > 0 || !infer) {
          int context = base + contexts[within[n]];
          if (sps.transformSkipContext && plain) {
            context = Contexts.SIG_COEFF_SKIP + (c == 0 ? 0 : 1);
          } else if (n == 0 && i == 0) {
            context = Contexts.SIG_COEFF + (c == 0 ? 0 : 27);
          }
          significant = cabac.bin(context) != 0;
        } else {
          significant = true;
        }
        if (significant) {
          positions[count++] = (byte) n;
          infer = false;
        }
      }
      if (count > 0) {
        int set = i == 0 || c > 0 ? 0 : 2;
        carried = readLevels(count, set + (carried ? 1 : 0), c, plain, hiding);
        for (int k = 0; k < count; k++) {
          int position = within[positions[k]];
          int x = (subX << 2) + (position & 3);
          int y = (subY << 2) + (position >> 2);
          levels[(y << log2) + x] = absolute[k];
        }
      }
    }
  }

  /** scanIdx (7.4.9.11). */
  private int scanOrder(int log2, int c, int mode) {
    if (log2 == 2 || (log2 == 3 && (c == 0 || sps.chromaFormat == 3))) {
      return mode >= 6 && mode <= 14
          ? Scan.VERTICAL
          : mode >= 22 && mode <= 30 ? Scan.HORIZONTAL : Scan.DIAGONAL;
    }
    return Scan.DIAGONAL;
  }

  private int readLastPrefix(int contexts, int log2, int c) throws MalformedImageException {
    int offset = c == 0 ? 3 * (log2 - 2) + ((log2 - 1) >> 2) : 15;
    int shift = c == 0 ? (log2 + 1) >> 2 : log2 - 2;
    int max = 2 * log2 - 1;
    int prefix = 0;
    while (prefix < max && cabac.bin(contexts + offset + (prefix >> shift)) != 0) {
      prefix++;
    }
    return prefix;
  }

  private int readLastSuffix(int prefix) throws MalformedImageException {
    if (prefix < 4) {
      return prefix;
    }
    int bits = (prefix >> 1) - 1;
    return ((2 + (prefix & 1)) << bits) + cabac.bypass(bits);
  }

  private static int indexOf(byte[] positions, int position) {
    int i = 0;
    while (positions[i] != position) {
      i++;
    }
    return i;
  }

  private static int sigContext(int log2, int c, int scan, int subBlock) {
    if (log2 == 2) {
      return Contexts.SIG_COEFF + (c == 0 ? 0 : 27);
    }
    if (c > 0) {
      return Contexts.SIG_COEFF + 27 + (log2 == 3 ? 9 : 12);
    }
    int base = log2 == 3 ? (scan == Scan.DIAGONAL ? 9 : 15) : 21;
    return Contexts.SIG_COEFF + base + (subBlock > 0 ? 3 : 0);
  }

  /**
   * Reads the levels of a sub-block's significant coefficients to {@link #absolute}, with signs.
   *
   * @return whether the next sub-block's context set is moved on
   */
  private boolean readLevels(int count, int set, int c, boolean plain, boolean hiding)
      throws MalformedImageException {
    int greater1Context = 1;
    int firstGreater1 = -1;
    int flags = Math.min(8, count);
    for (int k = 0; k < flags; k++) {
      int context = Contexts.GREATER1 + (c == 0 ? 0 : 16) + 4 * set + greater1Context;
      boolean greater = cabac.bin(context) != 0;
      absolute[k] = greater ? 2 : 1;
      if (greater) {
        greater1Context = 0;
        if (firstGreater1 < 0) {
          firstGreater1 = k;
        }
      } else if (greater1Context > 0 && greater1Context < 3) {
        greater1Context++;
      }
    }
    if (firstGreater1 >= 0 && cabac.bin(Contexts.GREATER2 + (c == 0 ? 0 : 4) + set) != 0) {
      absolute[firstGreater1] = 3;
    }
    boolean hidden = hiding && positions[0] - positions[count - 1] > 3;
    int signs = cabac.bypass(hidden ? count - 1 : count) << (hidden ? 1 : 0);
    readRemaining(count, flags, firstGreater1, c, plain);
    int sum = 0;
    for (int k = 0; k < count; k++) {
      sum += absolute[k];
      if ((signs >> (count - 1 - k) & 1) != 0) {
        absolute[k] = -absolute[k];
      }
    }
    if (hidden && (sum & 1) != 0) {
      absolute[count - 1] = -absolute[count - 1];
    }
    for (int k = 0; k < count; k++) {
      absolute[k] = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, absolute[k]));
    }
    return greater1Context == 0;
  }

  private void readRemaining(int count, int flags, int firstGreater1, int c, boolean plain)
      throws MalformedImageException {
    int statistic = (c == 0 ? 2 : 0) + (plain ? 1 : 0); // sbType
    int rice = sps.persistentRice ? cabac.statCoeff[statistic] / 4 : 0;
    boolean first = true;
    for (int k = 0; k < count; k++) {
      int base;
      if (k >= flags) {
        base = 1;
        absolute[k] = 1;
      } else if (firstGreater1 < 0 || k < firstGreater1) {
        base = 2;
      } else {
        base = k == firstGreater1 ? 3 : 2;
      }
      if (absolute[k] != base) {
        continue;
      }
      int remaining = readRemaining(rice);
      absolute[k] = base + remaining;
      if (absolute[k] > 3 << rice) {
        rice = sps.persistentRice ? rice + 1 : Math.min(4, rice + 1);
      }
      if (first && sps.persistentRice) {
        adapt(statistic, remaining);
      }
      first = false;
    }
  }

  private void adapt(int statistic, int remaining) {
    int value = cabac.statCoeff[statistic];
    if (remaining >= 3 << (value / 4)) {
      cabac.statCoeff[statistic]++;
    } else if (value > 0 && 2 * remaining < 1 << (value / 4)) {
      cabac.statCoeff[statistic]--;
    }
  }

  /** coeff_abs_level_remaining (9.3.3.11). */
  private int readRemaining(int rice) throws MalformedImageException {
    int prefix = 0;
    while (cabac.bypass() != 0) {
      if (++prefix > 32) {
        throw cabac.malformed("coeff_abs_level_remaining is out of range");
      }
    }
    if (prefix <= 3) {
      return (prefix << rice) + cabac.bypass(rice);
    }
    long value =
        (((1L << (prefix - 3)) + 2) << rice) + cabac.bypass(Math.min(31, prefix - 3 + rice));
    return (int) Math.min(1 << 24, value);
  }
}
