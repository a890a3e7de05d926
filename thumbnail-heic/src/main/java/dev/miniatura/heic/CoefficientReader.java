package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import java.util.Arrays;

/**
 * Reads the coefficients of a transform block (H.265, 7.3.8.11, 9.3.4.2.4 to 9.3.4.2.7), and scales
 * them.
 */
final class CoefficientReader {

  private static final int HORIZONTAL_MODE = 10;
  private static final int VERTICAL_MODE = 26;

  /** {@code transform_skip_flag} of the most recently read block. */
  boolean transformSkip;

  /** Width of the top left part with all nonzero coefficients: 1, or a multiple of sub-blocks. */
  int width;

  int height;

  private final SequenceParameters sps;
  private final PictureParameters pps;
  private final CabacReader cabac;
  private final CodingUnit unit;
  private final Scaling scaling;
  private final int[] coefficients;
  private final byte[] codedSubBlocks = new byte[9]; // coded_sub_block_flag, a bit for each, by row
  private final int[] absolute = new int[16]; // levels of a sub-block, in the order of reading

  // Of the current block
  private int c;
  private boolean plain; // without transform
  private boolean hiding; // whether signHidden is possible

  /** Writes to {@code coefficients}, row by row; the caller has cleared it. */
  CoefficientReader(Picture picture, CabacReader cabac, CodingUnit unit, int[] coefficients) {
    sps = picture.sps;
    pps = picture.pps;
    this.cabac = cabac;
    this.unit = unit;
    this.coefficients = coefficients;
    scaling = new Scaling(picture, unit);
  }

  void read(int log2, int component, int mode) throws MalformedImageException {
    c = component;
    transformSkip =
        pps.transformSkip
            && !unit.bypass
            && log2 <= pps.log2MaxTransformSkip
            && cabac.bin(Contexts.TRANSFORM_SKIP + (c == 0 ? 0 : 1)) != 0;
    int scan = scanOrder(log2, mode);
    int prefixX = readLastPrefix(Contexts.LAST_X, log2);
    int prefixY = readLastPrefix(Contexts.LAST_Y, log2);
    int lastX = readLastSuffix(prefixX);
    int lastY = readLastSuffix(prefixY);
    if (scan == Scan.VERTICAL) {
      int x = lastX;
      lastX = lastY;
      lastY = x;
    }
    plain = unit.bypass || transformSkip;
    boolean straight = mode == HORIZONTAL_MODE || mode == VERTICAL_MODE;
    hiding =
        pps.signDataHiding && !unit.bypass && !(sps.implicitRdpcm && transformSkip && straight);
    scaling.start(log2, c, transformSkip);
    width = (lastX | lastY) == 0 ? 1 : (lastX & ~3) + 4;
    height = (lastX | lastY) == 0 ? 1 : (lastY & ~3) + 4;
    readSubBlocks(log2, scan, lastX, lastY);
  }

  private void readSubBlocks(int log2, int scan, int lastX, int lastY)
      throws MalformedImageException {
    int log2Blocks = log2 - 2;
    byte[] subBlocks = Scan.positions(scan, log2Blocks);
    byte[] within = Scan.positions(scan, 2);
    int last = Scan.indexOf(scan, log2Blocks, (lastY >> 2) << log2Blocks | lastX >> 2);
    int lastWithin = Scan.indexOf(scan, 2, (lastY & 3) << 2 | (lastX & 3));
    Arrays.fill(codedSubBlocks, (byte) 0);
    boolean single = sps.transformSkipContext && plain; // one context for all positions
    int component = c == 0 ? 0 : 1;
    boolean carried = false; // lastGreater1Ctx led to 0 in the previous sub-block
    for (int i = last; i >= 0; i--) {
      int subX = subBlocks[i] & ((1 << log2Blocks) - 1);
      int subY = subBlocks[i] >> log2Blocks;
      int right = (codedSubBlocks[subY] & 0xff) >> (subX + 1) & 1;
      int below = codedSubBlocks[subY + 1] >> subX & 1;
      boolean between = i < last && i > 0;
      if (between && cabac.bin(Contexts.CODED_SUB_BLOCK + (right | below) + 2 * component) == 0) {
        continue;
      }
      codedSubBlocks[subY] |= (byte) (1 << subX);
      int base;
      byte[] contexts;
      if (single) {
        base = Contexts.SIG_COEFF_SKIP + component;
        contexts = SignificanceContexts.SINGLE;
      } else {
        base = Contexts.SIG_COEFF + SignificanceContexts.base(log2, c, scan, i > 0);
        contexts = SignificanceContexts.of(log2, scan, right | below << 1);
      }
      int first = 15;
      int flags = 0;
      if (i == last) {
        first = lastWithin - 1;
        flags = 1 << lastWithin;
      }
      flags |= cabac.significance(base, contexts, first, 1);
      if (first >= 0) {
        if (between && flags == 0) {
          flags = 1; // inferSbDcSigCoeffFlag
        } else {
          boolean dc = i == 0 && !single;
          int context = dc ? Contexts.SIG_COEFF + 27 * component : base + contexts[0];
          flags |= cabac.bin(context);
        }
      }
      if (flags != 0) {
        if (i > 0) {
          width = Math.max(width, 4 * subX + 4);
          height = Math.max(height, 4 * subY + 4);
        }
        int set = (i == 0 || c > 0 ? 0 : 2) + (carried ? 1 : 0);
        carried = readLevels(flags, set);
        place(flags, within, (subY << (log2 + 2)) + (subX << 2), log2);
      }
    }
  }

  /** Stores a sub-block's coefficients, scaled, at their positions. */
  private void place(int flags, byte[] within, int corner, int log2) {
    int rest = flags;
    for (int k = 0; rest != 0; k++) {
      int n = 31 - Integer.numberOfLeadingZeros(rest);
      rest ^= 1 << n;
      int position = within[n];
      int index = corner + ((position >> 2) << log2) + (position & 3);
      coefficients[index] = unit.bypass ? absolute[k] : scaling.scale(absolute[k], index);
    }
  }

  /** scanIdx (7.4.9.11). */
  private int scanOrder(int log2, int mode) {
    if (log2 == 2 || (log2 == 3 && (c == 0 || sps.chromaFormat == 3))) {
      return mode >= 6 && mode <= 14
          ? Scan.VERTICAL
          : mode >= 22 && mode <= 30 ? Scan.HORIZONTAL : Scan.DIAGONAL;
    }
    return Scan.DIAGONAL;
  }

  private int readLastPrefix(int contexts, int log2) throws MalformedImageException {
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

  /**
   * Reads the levels of a sub-block's significant coefficients to {@link #absolute}, with signs.
   *
   * @param significant a bit for each position
   * @return whether the next sub-block's context set is incremented
   */
  private boolean readLevels(int significant, int set) throws MalformedImageException {
    int count = Integer.bitCount(significant);
    int flags = Math.min(8, count);
    int greater1 = cabac.greater1(Contexts.GREATER1 + (c == 0 ? 0 : 16) + 4 * set, flags);
    for (int k = 0; k < flags; k++) {
      absolute[k] = 1 + (greater1 >> (flags - 1 - k) & 1);
    }
    int firstGreater1 = -1;
    if (greater1 != 0) {
      firstGreater1 = flags - 32 + Integer.numberOfLeadingZeros(greater1);
      absolute[firstGreater1] += cabac.bin(Contexts.GREATER2 + (c == 0 ? 0 : 4) + set);
    }
    int span =
        31 - Integer.numberOfLeadingZeros(significant) - Integer.numberOfTrailingZeros(significant);
    boolean hidden = hiding && span > 3;
    int signs = cabac.bypass(hidden ? count - 1 : count) << (hidden ? 1 : 0);
    if (greater1 != 0 || count > 8) {
      readRemaining(count, flags, firstGreater1);
    }
    if (hidden) {
      int sum = 0;
      for (int k = 0; k < count; k++) {
        sum += absolute[k];
      }
      signs |= sum & 1;
    }
    for (int k = 0; k < count; k++) {
      int sign = -(signs >> (count - 1 - k) & 1);
      absolute[k] = (absolute[k] ^ sign) - sign;
    }
    return greater1 != 0;
  }

  private void readRemaining(int count, int flags, int firstGreater1)
      throws MalformedImageException {
    int statistic = (c == 0 ? 2 : 0) + (plain ? 1 : 0); // sbType
    int rice = sps.persistentRice ? cabac.statCoeff[statistic] / 4 : 0;
    boolean first = true;
    for (int k = firstGreater1 < 0 ? flags : firstGreater1; k < count; k++) {
      int base = k >= flags ? 1 : k == firstGreater1 ? 3 : 2;
      if (k >= flags) {
        absolute[k] = 1;
      } else if (absolute[k] != base) {
        continue;
      }
      int remaining = cabac.remaining(rice);
      int level = base + remaining;
      absolute[k] = Math.min(Short.MAX_VALUE + 1, level);
      if (level > 3 << rice) {
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
}
