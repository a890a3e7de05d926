package dev.miniatura.internal.jpeg;

/**
 * The 8 × 8 forward DCT of T.81 A.3.3 with 11 multiplications per row and column, after Loeffler,
 * Ligtenberg and Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications" (1989).
 *
 * <p>Integers throughout, so every machine computes the same bytes. Each of the two passes leaves
 * its results √8 times those of the orthonormal transform, hence 8 times T.81's in the end, and
 * keeps the {@value #FRACTION_BITS} fractional bits that samples enter with. Each reads rows and
 * writes columns: so both are the same code, with constant distances between the elements, and the
 * two transpositions cancel.
 *
 * <p>A rotation by θ takes three multiplications: with {@code t = cos θ (a + b)}, {@code a cos θ +
 * b sin θ = t + (sin θ − cos θ) b} and {@code b cos θ − a sin θ = t − (sin θ + cos θ) a}. Constants
 * are Q14, except √2: it multiplies a sum that is already Q14, and is Q12 after that sum is cut to
 * 3 of these bits.
 *
 * <p>Reference: {@code ForwardDctReferenceTest}, maximal difference 0.25 of T.81's unit.
 */
final class ForwardDct {

  private static final int FRACTION_BITS = 2;

  /** What the result calls 1 in T.81's unit. */
  static final int UNIT = 8 << FRACTION_BITS;

  private static final int BITS = 14;
  private static final int HALF = 1 << (BITS - 1);

  private static final int COS_1 = 16069; // cos π/16
  private static final int SIN_MINUS_COS_1 = -12873;
  private static final int SIN_PLUS_COS_1 = 19266;
  private static final int COS_3 = 13623; // cos 3π/16
  private static final int SIN_MINUS_COS_3 = -4520;
  private static final int SIN_PLUS_COS_3 = 22725;
  private static final int ROOT_2_COS_6 = 8867; // √2 cos 6π/16
  private static final int ROOT_2_SIN_MINUS_COS_6 = 12540;
  private static final int ROOT_2_SIN_PLUS_COS_6 = 30274;

  private static final int ROOT_2 = 5793;
  private static final int ROOT_2_BITS = 12;
  private static final int ROOT_2_FACTOR_BITS = 3;
  private static final int ROOT_2_SHIFT = ROOT_2_BITS + ROOT_2_FACTOR_BITS;

  private final int[] input = new int[64];
  private final int[] rows = new int[64];

  /**
   * Transforms one block.
   *
   * @param samples unsigned samples; 128 is subtracted from each (T.81 A.3.1)
   * @param offset index of the block's first sample
   * @param stride distance between its rows
   * @param block receives 64 coefficients in natural order, {@value #UNIT} times T.81's: about ±2¹⁵
   */
  void transform(byte[] samples, int offset, int stride, int[] block) {
    int[] input = this.input;
    for (int i = 0, p = offset; i < 64; i += 8, p += stride) {
      for (int x = 0; x < 8; x++) {
        input[i + x] = ((samples[p + x] & 0xff) - 128) << FRACTION_BITS;
      }
    }
    pass(input, rows);
    pass(rows, block);
  }

  /**
   * Transforms the rows of {@code in} to the columns of {@code out}. Ranges are those of the second
   * pass, the larger: every input is within ±2¹², every result within ±2¹⁵ by the bound of the
   * whole transform.
   */
  private static void pass(int[] in, int[] out) {
    for (int i = 0; i < 8; i++) {
      int x0 = in[8 * i];
      int x1 = in[8 * i + 1];
      int x2 = in[8 * i + 2];
      int x3 = in[8 * i + 3];
      int x4 = in[8 * i + 4];
      int x5 = in[8 * i + 5];
      int x6 = in[8 * i + 6];
      int x7 = in[8 * i + 7];

      int outer = x0 + x7 + x3 + x4; // ±2¹⁴
      int inner = x1 + x6 + x2 + x5;
      out[i] = outer + inner;
      out[i + 32] = outer - inner;

      int a = x1 + x6 - x2 - x5; // ±2¹⁴
      int b = x0 + x7 - x3 - x4;
      int t = ROOT_2_COS_6 * (a + b) + HALF; // ±2²⁹
      out[i + 16] = (t + ROOT_2_SIN_MINUS_COS_6 * b) >> BITS;
      out[i + 48] = (t - ROOT_2_SIN_PLUS_COS_6 * a) >> BITS;

      int d0 = x3 - x4; // ±2¹³
      int d1 = x2 - x5;
      int d2 = x1 - x6;
      int d3 = x0 - x7;
      int t3 = COS_3 * (d0 + d3); // ±2²⁸
      int even0 = t3 + SIN_MINUS_COS_3 * d3;
      int odd0 = t3 - SIN_PLUS_COS_3 * d0;
      int t1 = COS_1 * (d1 + d2);
      int odd1 = t1 + SIN_MINUS_COS_1 * d2;
      int even1 = t1 - SIN_PLUS_COS_1 * d1;
      int even = even0 + even1; // ±2²⁹
      int odd = odd0 + odd1;
      out[i + 8] = (odd + even + HALF) >> BITS;
      out[i + 56] = (odd - even + HALF) >> BITS;
      out[i + 24] = timesRoot2(odd0 - odd1);
      out[i + 40] = timesRoot2(even0 - even1);
    }
  }

  private static int timesRoot2(int factor) { // ±2¹⁵ in Q14
    int rounded = (factor + (1 << (BITS - ROOT_2_FACTOR_BITS - 1))) >> (BITS - ROOT_2_FACTOR_BITS);
    return (rounded * ROOT_2 + (1 << (ROOT_2_SHIFT - 1))) >> ROOT_2_SHIFT; // ±2³⁰ before the shift
  }
}
