package dev.miniatura.internal.jpeg.encode;

import dev.miniatura.internal.jpeg.Zigzag;

/**
 * A quantization table and the division by it.
 *
 * <p>Division is multiplication by a Q{@value #BITS} reciprocal of the step in {@link ForwardDct}'s
 * units. A coefficient's magnitude is about 2¹⁵ at most and a reciprocal at most 2¹⁵, so product
 * and bias stay below 2³¹. Rounding the reciprocal changes a quotient by at most 1/64, in
 * proportion to the coefficient: only values that close to a tie can differ from an exact division.
 */
final class Quantizer {

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

  private final int[] steps;
  private final int[] reciprocals = new int[8 * ForwardDct.STRIDE];

  private Quantizer(int[] steps) {
    this.steps = steps;
    for (int i = 0; i < 64; i++) {
      int divisor = ForwardDct.UNIT * steps[i];
      int reciprocal = ((1 << BITS) + divisor / 2) / divisor;
      for (int block = 0; block < ForwardDct.BLOCKS; block++) {
        reciprocals[8 * block + ForwardDct.place(i)] = reciprocal;
      }
    }
  }

  private static int[] steps(int[] base, int quality) {
    int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    int[] steps = new int[64];
    for (int i = 0; i < 64; i++) {
      steps[i] = Math.max(1, Math.min((base[i] * percent + 50) / 100, 255));
    }
    return steps;
  }

  /** Returns the steps for luma at an IJG quality, natural order. */
  static int[] lumaSteps(int quality) {
    return steps(K_1, quality);
  }

  /** Returns the steps for chroma at an IJG quality, natural order. */
  static int[] chromaSteps(int quality) {
    return steps(K_2, quality);
  }

  /** Returns the table for luma at an IJG quality. */
  static Quantizer luma(int quality) {
    return new Quantizer(lumaSteps(quality));
  }

  /** Returns the table for chroma at an IJG quality. */
  static Quantizer chroma(int quality) {
    return new Quantizer(chromaSteps(quality));
  }

  /** Returns the step of the k-th coefficient in zigzag order. */
  int step(int k) {
    return steps[Zigzag.natural(k)];
  }

  /**
   * Divides blocks side by side, rounding to nearest.
   *
   * @param lanes as {@link ForwardDct} leaves them; overwritten
   * @param blocks how many
   */
  void divide(int[] lanes, int blocks) {
    for (int lane = 0; lane < lanes.length; lane += ForwardDct.STRIDE) {
      divide(lanes, reciprocals, lane, lane + 8 * blocks);
    }
  }

  private static void divide(int[] lanes, int[] reciprocals, int start, int end) {
    for (int i = start; i < end; i++) {
      int sign = lanes[i] >> 31;
      int magnitude = (((lanes[i] ^ sign) - sign) * reciprocals[i] + HALF) >> BITS;
      lanes[i] = (magnitude ^ sign) - sign;
    }
  }
}
