package dev.miniatura.internal.jpeg.encode;

/**
 * The 8 × 8 forward DCT of T.81 A.3.3 with 11 multiplications per row and column, after Loeffler,
 * Ligtenberg and Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications" (1989).
 *
 * <p>Integers throughout, so every machine computes the same bytes. Each of the two passes scales
 * by √8 relative to the orthonormal transform, so that the final results are 8 times T.81's, and
 * keeps the {@value #FRACTION_BITS} fraction bits of its input.
 *
 * <p><b>Why this shape.</b> Element i of eight lanes is one transform, so that C2 computes eight or
 * sixteen of them at a time: of up to {@value #BLOCKS} blocks side by side, loading makes lanes of
 * columns and a transposition lanes of rows. C2 knows that lanes do not overlap only if they are in
 * one array at constant distances, and gives up on longer loops than these (12 ns per block and
 * pass instead of 55 with a single loop; JDK 17 and 25).
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

  /** The value that stands for 1 in T.81's unit. */
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

  /** The maximum number of blocks side by side. */
  static final int BLOCKS = 32;

  /** Distance between rows of coefficients. */
  static final int STRIDE = 8 * BLOCKS;

  /**
   * The lane of each coefficient after a pass, chosen so that results can stay where they arise.
   */
  private static final int[] LANE = {0, 4, 2, 5, 1, 6, 3, 7};

  private final int[] columns = new int[8 * STRIDE];

  /**
   * Transforms blocks side by side.
   *
   * @param samples unsigned samples; 128 is subtracted from each (T.81 A.3.1)
   * @param offset index of the first sample
   * @param stride distance between rows of samples
   * @param blocks how many, at most {@value #BLOCKS}
   * @param lanes receives {@code 8 * STRIDE} coefficients, {@value #UNIT} times T.81's: about ±2¹⁵.
   *     The coefficient with index {@code i} in natural order is at {@code 8 * block + place(i)}
   */
  void transform(byte[] samples, int offset, int stride, int blocks, int[] lanes) {
    for (int y = 0; y < 8; y++) {
      load(samples, offset + y * stride, blocks, columns, y);
    }
    pass(columns, 8 * blocks);
    for (int u = 0; u < 8; u++) {
      transpose(columns, LANE[u] * STRIDE, blocks, lanes, u);
    }
    pass(lanes, 8 * blocks);
  }

  /** Returns the place of a coefficient of the first block by its index in natural order. */
  static int place(int natural) {
    return LANE[natural >> 3] * STRIDE + (natural & 7);
  }

  /** Spreads row {@code y} of every block over the columns. */
  private static void load(byte[] samples, int offset, int blocks, int[] columns, int y) {
    for (int b = 0, p = offset, to = y; b < blocks; b++, p += 8, to += 8) {
      columns[to] = ((samples[p] & 0xff) - 128) << FRACTION_BITS;
      columns[to + STRIDE] = ((samples[p + 1] & 0xff) - 128) << FRACTION_BITS;
      columns[to + 2 * STRIDE] = ((samples[p + 2] & 0xff) - 128) << FRACTION_BITS;
      columns[to + 3 * STRIDE] = ((samples[p + 3] & 0xff) - 128) << FRACTION_BITS;
      columns[to + 4 * STRIDE] = ((samples[p + 4] & 0xff) - 128) << FRACTION_BITS;
      columns[to + 5 * STRIDE] = ((samples[p + 5] & 0xff) - 128) << FRACTION_BITS;
      columns[to + 6 * STRIDE] = ((samples[p + 6] & 0xff) - 128) << FRACTION_BITS;
      columns[to + 7 * STRIDE] = ((samples[p + 7] & 0xff) - 128) << FRACTION_BITS;
    }
  }

  /** Spreads column {@code u} of every block over the rows. */
  private static void transpose(int[] columns, int column, int blocks, int[] rows, int u) {
    for (int b = 0, p = column, to = u; b < blocks; b++, p += 8, to += 8) {
      rows[to] = columns[p];
      rows[to + STRIDE] = columns[p + 1];
      rows[to + 2 * STRIDE] = columns[p + 2];
      rows[to + 3 * STRIDE] = columns[p + 3];
      rows[to + 4 * STRIDE] = columns[p + 4];
      rows[to + 5 * STRIDE] = columns[p + 5];
      rows[to + 6 * STRIDE] = columns[p + 6];
      rows[to + 7 * STRIDE] = columns[p + 7];
    }
  }

  /**
   * Transforms element i of the eight lanes, for every i below {@code count}; result k is left in
   * lane {@code LANE[k]}. Ranges in the loops are those of the second pass, the larger: every input
   * is within ±2¹², every result within ±2¹⁵ by the bound of the whole transform.
   */
  private static void pass(int[] lanes, int count) {
    fold0167(lanes, count);
    fold2345(lanes, count);
    fold0123(lanes, count);
    rotateEven(lanes, count);
    rotateOdd(lanes, count);
    combineOdd(lanes, count);
    scaleOdd(lanes, count);
  }

  private static void fold0167(int[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      int x0 = lanes[i];
      int x7 = lanes[i + 7 * STRIDE];
      int x1 = lanes[i + STRIDE];
      int x6 = lanes[i + 6 * STRIDE];
      lanes[i] = x0 + x7; // ±2¹³
      lanes[i + 7 * STRIDE] = x0 - x7;
      lanes[i + STRIDE] = x1 + x6;
      lanes[i + 6 * STRIDE] = x1 - x6;
    }
  }

  private static void fold2345(int[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      int x2 = lanes[i + 2 * STRIDE];
      int x5 = lanes[i + 5 * STRIDE];
      int x3 = lanes[i + 3 * STRIDE];
      int x4 = lanes[i + 4 * STRIDE];
      lanes[i + 2 * STRIDE] = x2 + x5;
      lanes[i + 5 * STRIDE] = x2 - x5;
      lanes[i + 3 * STRIDE] = x3 + x4;
      lanes[i + 4 * STRIDE] = x3 - x4;
    }
  }

  private static void fold0123(int[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      int s0 = lanes[i];
      int s3 = lanes[i + 3 * STRIDE];
      int s1 = lanes[i + STRIDE];
      int s2 = lanes[i + 2 * STRIDE];
      lanes[i] = s0 + s3; // ±2¹⁴
      lanes[i + 3 * STRIDE] = s0 - s3;
      lanes[i + STRIDE] = s1 + s2;
      lanes[i + 2 * STRIDE] = s1 - s2;
    }
  }

  private static void rotateEven(int[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      int outer = lanes[i];
      int inner = lanes[i + STRIDE];
      int a = lanes[i + 2 * STRIDE];
      int b = lanes[i + 3 * STRIDE];
      int t = ROOT_2_COS_6 * (a + b) + HALF; // ±2²⁹
      lanes[i] = outer + inner;
      lanes[i + STRIDE] = outer - inner;
      lanes[i + 2 * STRIDE] = (t + ROOT_2_SIN_MINUS_COS_6 * b) >> BITS;
      lanes[i + 3 * STRIDE] = (t - ROOT_2_SIN_PLUS_COS_6 * a) >> BITS;
    }
  }

  private static void rotateOdd(int[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      int d0 = lanes[i + 4 * STRIDE]; // ±2¹³
      int d1 = lanes[i + 5 * STRIDE];
      int d2 = lanes[i + 6 * STRIDE];
      int d3 = lanes[i + 7 * STRIDE];
      int t3 = COS_3 * (d0 + d3); // ±2²⁸
      int t1 = COS_1 * (d1 + d2);
      lanes[i + 4 * STRIDE] = t3 + SIN_MINUS_COS_3 * d3; // the even part
      lanes[i + 7 * STRIDE] = t1 - SIN_PLUS_COS_1 * d1;
      lanes[i + 5 * STRIDE] = t3 - SIN_PLUS_COS_3 * d0; // the odd part
      lanes[i + 6 * STRIDE] = t1 + SIN_MINUS_COS_1 * d2;
    }
  }

  private static void combineOdd(int[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      int even0 = lanes[i + 4 * STRIDE];
      int even1 = lanes[i + 7 * STRIDE];
      int odd0 = lanes[i + 5 * STRIDE];
      int odd1 = lanes[i + 6 * STRIDE];
      int even = even0 + even1; // ±2²⁹
      int odd = odd0 + odd1;
      lanes[i + 4 * STRIDE] = (odd + even + HALF) >> BITS;
      lanes[i + 7 * STRIDE] = (odd - even + HALF) >> BITS;
      lanes[i + 5 * STRIDE] = odd0 - odd1;
      lanes[i + 6 * STRIDE] = even0 - even1;
    }
  }

  private static void scaleOdd(int[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      lanes[i + 5 * STRIDE] = timesRoot2(lanes[i + 5 * STRIDE]);
      lanes[i + 6 * STRIDE] = timesRoot2(lanes[i + 6 * STRIDE]);
    }
  }

  private static int timesRoot2(int factor) { // ±2¹⁵ in Q14
    int rounded = (factor + (1 << (BITS - ROOT_2_FACTOR_BITS - 1))) >> (BITS - ROOT_2_FACTOR_BITS);
    return (rounded * ROOT_2 + (1 << (ROOT_2_SHIFT - 1))) >> ROOT_2_SHIFT; // ±2³⁰ before the shift
  }
}
