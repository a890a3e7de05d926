package dev.miniatura.internal.webp;

import java.util.Arrays;

/**
 * Reads the coefficients of macroblocks (RFC 6386, section 13). Probabilities depend on whether the
 * blocks above and to the left have any, which is kept here.
 */
final class ResidualReader {

  static final int BLOCKS = 24; // 16 of luma in raster order, 4 of Cb, 4 of Cr
  static final int BLOCK = 16; // coefficients

  private static final int LUMA_AFTER_SECOND = 0; // types of blocks (section 13.3)
  private static final int SECOND = TokenProbabilities.PER_TYPE;
  private static final int CHROMA = 2 * TokenProbabilities.PER_TYPE;
  private static final int LUMA = 3 * TokenProbabilities.PER_TYPE;

  /** Contexts per macroblock and direction: 4 of luma, 2 of Cb, 2 of Cr, 1 of the second order. */
  static final int CONTEXTS = 9;

  static final int SECOND_CONTEXT = 8;

  static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

  /** Further bits of the large categories (section 13.2), each with its probability. */
  static final int[][] CATEGORIES = {
    {173, 148, 140},
    {176, 155, 140, 135},
    {180, 157, 141, 134, 130},
    {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
  };

  /** Coefficients of the current macroblock's blocks, times their quantizers, in raster order. */
  final short[] coefficients = new short[BLOCKS * BLOCK];

  /** By block: 0 if all coefficients are 0, 1 if all except the first are 0, otherwise more. */
  final int[] extents = new int[BLOCKS];

  private boolean any; // whether a coefficient is not 0
  private final int[] probabilities;
  private final int[] above;
  private final int[] left = new int[CONTEXTS];
  private final short[] second = new short[BLOCK];
  private final InverseTransform transform;

  ResidualReader(int[] probabilities, int macroblocks, InverseTransform transform) {
    this.probabilities = probabilities;
    this.transform = transform;
    above = new int[CONTEXTS * macroblocks];
  }

  /** Starts a row of macroblocks. */
  void beginRow() {
    Arrays.fill(left, 0);
  }

  /**
   * Passes a macroblock without coefficients. The contexts of the second order are kept if it is
   * absent.
   */
  void skip(int macroblock, boolean whole) {
    int count = whole ? CONTEXTS : SECOND_CONTEXT;
    Arrays.fill(above, CONTEXTS * macroblock, CONTEXTS * macroblock + count, 0);
    Arrays.fill(left, 0, count, 0);
    Arrays.fill(extents, 0);
  }

  /** Makes all coefficients 0 again. */
  void clear() {
    if (any) {
      Arrays.fill(coefficients, (short) 0);
      any = false;
    }
  }

  /**
   * Reads a macroblock's coefficients. The caller ensures that all are 0 before.
   *
   * @return whether any is not 0
   */
  boolean read(BoolDecoder in, int macroblock, boolean whole, Quantizers quantizers) {
    int at = CONTEXTS * macroblock;
    if (whole) {
      readSecond(in, at + SECOND_CONTEXT, quantizers);
    }
    int first = whole ? 1 : 0;
    int type = whole ? LUMA_AFTER_SECOND : LUMA;
    int all = 0;
    for (int i = 0; i < 16; i++) {
      int x = at + (i & 3);
      int y = i >> 2;
      int context = above[x] + left[y];
      int end =
          readBlock(
              in,
              type,
              context,
              first,
              quantizers.lumaDc(),
              quantizers.lumaAc(),
              coefficients,
              i * BLOCK);
      int nonZero = end > first ? 1 : 0;
      above[x] = nonZero;
      left[y] = nonZero;
      extents[i] = end > 1 ? end : coefficients[i * BLOCK] != 0 ? 1 : 0;
      all |= extents[i];
    }
    for (int i = 16; i < BLOCKS; i++) {
      int plane = i < 20 ? 4 : 6;
      int x = at + plane + (i & 1);
      int y = plane + (i >> 1 & 1);
      int context = above[x] + left[y];
      int end =
          readBlock(
              in,
              CHROMA,
              context,
              0,
              quantizers.chromaDc(),
              quantizers.chromaAc(),
              coefficients,
              i * BLOCK);
      int nonZero = end > 0 ? 1 : 0;
      above[x] = nonZero;
      left[y] = nonZero;
      extents[i] = end > 1 ? end : coefficients[i * BLOCK] != 0 ? 1 : 0;
      all |= extents[i];
    }
    any = all != 0;
    return any;
  }

  /** Reads the second order, which holds the first coefficients of the luma blocks. */
  private void readSecond(BoolDecoder in, int aboveAt, Quantizers quantizers) {
    int context = above[aboveAt] + left[SECOND_CONTEXT];
    int end =
        readBlock(in, SECOND, context, 0, quantizers.secondDc(), quantizers.secondAc(), second, 0);
    int nonZero = end > 0 ? 1 : 0;
    above[aboveAt] = nonZero;
    left[SECOND_CONTEXT] = nonZero;
    if (end > 0) {
      transform.walshHadamard(second, coefficients);
      Arrays.fill(second, (short) 0);
    }
  }

  /**
   * Reads the tokens of one block (section 13.2), with the state of the {@link BoolDecoder} in
   * local variables. Four branches of the tree are written out as {@link BoolDecoder#bit} has them:
   * more to come, not 0, above 1, and the sign, which nobody can predict and which therefore has no
   * branch.
   *
   * @param type start of its probabilities
   * @param first position of the first coefficient
   * @return the position after the last token
   */
  private int readBlock(
      BoolDecoder in, int type, int context, int first, int dc, int ac, short[] out, int to) {
    int[] p = probabilities;
    long value = in.value;
    int range = in.range;
    int bits = in.bits;
    int position = first;
    int at = type + first * TokenProbabilities.PER_POSITION + context * TokenProbabilities.NODES;
    while (position < BLOCK) {
      if (bits < 0) {
        value = in.load(value, bits);
        bits = in.bits;
      }
      int split = 1 + (((range - 1) * p[at]) >> 8);
      long above = value - ((long) split << bits);
      if (above < 0) {
        int shift = Integer.numberOfLeadingZeros(split) - 24;
        in.restore(value, split << shift, bits - shift);
        return position;
      }
      value = above;
      range -= split;
      int shift = Integer.numberOfLeadingZeros(range) - 24;
      range <<= shift;
      bits -= shift;

      while (true) {
        if (bits < 0) {
          value = in.load(value, bits);
          bits = in.bits;
        }
        split = 1 + (((range - 1) * p[at + 1]) >> 8);
        above = value - ((long) split << bits);
        if (above >= 0) {
          break;
        }
        shift = Integer.numberOfLeadingZeros(split) - 24;
        range = split << shift;
        bits -= shift;
        position++;
        if (position == BLOCK) {
          in.restore(value, range, bits);
          return BLOCK;
        }
        at = type + position * TokenProbabilities.PER_POSITION;
      }
      value = above;
      range -= split;
      shift = Integer.numberOfLeadingZeros(range) - 24;
      range <<= shift;
      bits -= shift;

      if (bits < 0) {
        value = in.load(value, bits);
        bits = in.bits;
      }
      split = 1 + (((range - 1) * p[at + 2]) >> 8);
      above = value - ((long) split << bits);
      int magnitude = 1;
      int next = type + (position + 1) * TokenProbabilities.PER_POSITION;
      if (above < 0) {
        shift = Integer.numberOfLeadingZeros(split) - 24;
        range = split << shift;
        bits -= shift;
        at = next + TokenProbabilities.NODES;
      } else {
        range -= split;
        shift = Integer.numberOfLeadingZeros(range) - 24;
        in.restore(above, range << shift, bits - shift);
        magnitude = largeValue(in, p, at);
        value = in.value;
        range = in.range;
        bits = in.bits;
        at = next + 2 * TokenProbabilities.NODES;
      }

      if (bits < 0) {
        value = in.load(value, bits);
        bits = in.bits;
      }
      split = (range + 1) >> 1;
      long threshold = (long) split << bits;
      long negative = ~((value - threshold) >> 63);
      value -= threshold & negative;
      int sign = (int) negative;
      range = split + ((range - 2 * split) & sign);
      shift = Integer.numberOfLeadingZeros(range) - 24;
      range <<= shift;
      bits -= shift;
      int signed = (magnitude ^ sign) - sign;
      out[to + ZIGZAG[position]] = (short) (signed * (position == 0 ? dc : ac));
      position++;
    }
    in.restore(value, range, bits);
    return BLOCK;
  }

  /** Reads a value above 1, starting with the third branch. */
  private static int largeValue(BoolDecoder in, int[] p, int at) {
    if (in.bit(p[at + 3]) == 0) {
      return in.bit(p[at + 4]) == 0 ? 2 : 3 + in.bit(p[at + 5]);
    }
    if (in.bit(p[at + 6]) == 0) {
      if (in.bit(p[at + 7]) == 0) {
        return 5 + in.bit(159);
      }
      int high = in.bit(165);
      return 7 + 2 * high + in.bit(145);
    }
    int high = in.bit(p[at + 8]);
    int category = 2 * high + in.bit(p[at + 9 + high]);
    int extra = 0;
    for (int probability : CATEGORIES[category]) {
      extra = extra << 1 | in.bit(probability);
    }
    return 3 + (8 << category) + extra;
  }
}
