package dev.miniatura.internal.jpeg;

/**
 * A quantization table and the division by it.
 *
 * <p>Division is multiplication by a Q{@value #BITS} reciprocal of the step in {@link ForwardDct}'s
 * units. A coefficient's magnitude is about 2¹⁵ at most and a reciprocal at most 2¹⁵, so product
 * and bias stay below 2³¹. Rounding the reciprocal moves a quotient by 1/64 at most, and in
 * proportion to the coefficient: only what lies that close to a tie can come out differently from
 * an exact division.
 */
final class Quantizer {

  /** Natural-order index of the k-th coefficient in zigzag order (T.81 figure A.6). */
  private static final int[] NATURAL_ORDER = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  /** T.81 table K.1, luminance, natural order. */
  private static final int[] K_1 = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };

  /** T.81 table K.2, chrominance, natural order. */
  private static final int[] K_2 = {
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
  };

  private static final int BITS = 20;
  private static final int HALF = 1 << (BITS - 1);

  private final int[] steps = new int[64];
  private final int[] reciprocals = new int[64];

  private Quantizer(int[] base, int quality) {
    int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    for (int i = 0; i < 64; i++) {
      int step = Math.max(1, Math.min((base[i] * percent + 50) / 100, 255));
      steps[i] = step;
      int divisor = ForwardDct.UNIT * step;
      reciprocals[i] = ((1 << BITS) + divisor / 2) / divisor;
    }
  }

  /** Returns the table for luma at an IJG quality. */
  static Quantizer luma(int quality) {
    return new Quantizer(K_1, quality);
  }

  /** Returns the table for chroma at an IJG quality. */
  static Quantizer chroma(int quality) {
    return new Quantizer(K_2, quality);
  }

  /** Returns the step of the k-th coefficient in zigzag order. */
  int step(int k) {
    return steps[NATURAL_ORDER[k]];
  }

  /**
   * Divides a block, rounding to nearest.
   *
   * @param block coefficients as {@link ForwardDct} leaves them; overwritten
   * @param quantized receives 64 values in zigzag order
   * @param offset index of the first
   * @return a bit per value in zigzag order, set where it is not zero
   */
  long quantize(int[] block, short[] quantized, int offset) {
    int[] factors = reciprocals;
    for (int i = 0; i < 64; i++) {
      int sign = block[i] >> 31;
      int magnitude = (((block[i] ^ sign) - sign) * factors[i] + HALF) >> BITS;
      block[i] = (magnitude ^ sign) - sign;
    }
    long nonZero = 0;
    for (int k = 0; k < 64; k++) {
      int value = block[NATURAL_ORDER[k]];
      quantized[offset + k] = (short) value;
      nonZero |= (long) ((value | -value) >>> 31) << k;
    }
    return nonZero;
  }
}
