package dev.miniatura.heic;

/**
 * The inverse transforms (H.265, 8.6.4.2 to 8.6.4.4), with the final rounding of 8.6.2.
 *
 * <p>Both stages transform two lines at once: they are the halves of {@code high * 2^32 + low},
 * both signed. All operations are linear, and sums stay below 2^31: a line has at most 32
 * coefficients of 16 bits, times 90.
 */
final class InverseTransform {

  /** transMatrix, from equation 8-289, row by row: row k is basis function k. */
  private static final int[] DCT = new int[32 * 32];

  /** The integers for 64 √2 cos(jπ/64), j from 0 to 32; j = 0 occurs only in row 0. */
  private static final byte[] COSINES = {
    64, 90, 90, 90, 89, 88, 87, 85, 83, 82, 80, 78, 75, 73, 70, 67, 64, 61, 57, 54, 50, 46, 43, 38,
    36, 31, 25, 22, 18, 13, 9, 4, 0
  };

  /**
   * The odd rows of the matrices of 8, 16 and 32, the left halves, transposed: by log2 of the half,
   * row by row of a sample.
   */
  private static final int[][] ODD = new int[5][];

  static {
    for (int k = 0; k < 32; k++) {
      for (int n = 0; n < 32; n++) {
        int j = (2 * n + 1) * k & 127;
        j = j > 64 ? 128 - j : j;
        DCT[32 * k + n] = j > 32 ? -COSINES[64 - j] : COSINES[j];
      }
    }
    for (int log2 = 2; log2 < 5; log2++) {
      int half = 1 << log2;
      ODD[log2] = new int[half * half];
      for (int i = 0; i < half * half; i++) {
        int k = 2 * (i & (half - 1)) + 1;
        ODD[log2][i] = DCT[32 * (k << (4 - log2)) + (i >> log2)];
      }
    }
  }

  private static final long BOTH = (1L << 32) + 1; // a value times this fills both halves

  private final int[] columns = new int[32 * 32]; // after the first stage, column by column
  private final long[] line = new long[32]; // coefficients of two lines
  private final long[] out = new long[32];
  private final long[] odd = new long[16];

  /**
   * Transforms scaled coefficients to the residual, in place.
   *
   * @param width of the part, from the left, outside of which coefficients are 0
   * @param height of that part
   */
  void inverse(int[] block, int log2, boolean dst, int bitDepth, int width, int height) {
    int shift = 20 - bitDepth;
    int size = 1 << log2;
    transformColumns(block, log2, dst, width, height);
    for (int y = 0; y < size; y += 2) {
      transformRows(y, log2, dst, width, shift);
      int to = y << log2;
      for (int x = 0; x < size; x++) {
        long sums = out[x];
        block[to + x] = (int) sums >> shift;
        block[to + size + x] = high(sums) >> shift;
      }
    }
  }

  /**
   * Transforms scaled coefficients and adds the residual to a plane (8.6.7).
   *
   * @param width of the part, from the left, outside of which coefficients are 0
   * @param height of that part
   * @param index of the block's first sample
   */
  void add(
      int[] block,
      int log2,
      boolean dst,
      int bitDepth,
      int width,
      int height,
      short[] plane,
      int index,
      int stride) {
    int shift = 20 - bitDepth;
    int size = 1 << log2;
    int max = (1 << bitDepth) - 1;
    if (width == 1 && !dst) {
      int value = (64 * clip((64 * block[0] + 64) >> 7) + (1 << (shift - 1))) >> shift;
      addConstant(value, size, max, plane, index, stride);
      return;
    }
    transformColumns(block, log2, dst, width, height);
    for (int y = 0; y < size; y += 2) {
      transformRows(y, log2, dst, width, shift);
      int upper = index + y * stride;
      int lower = upper + stride;
      for (int x = 0; x < size; x++) {
        long sums = out[x];
        plane[upper + x] = clip((plane[upper + x] & 0xffff) + ((int) sums >> shift), max);
        plane[lower + x] = clip((plane[lower + x] & 0xffff) + (high(sums) >> shift), max);
      }
    }
  }

  private static void addConstant(
      int value, int size, int max, short[] plane, int index, int stride) {
    for (int y = 0; y < size; y++) {
      int row = index + y * stride;
      for (int x = 0; x < size; x++) {
        plane[row + x] = clip((plane[row + x] & 0xffff) + value, max);
      }
    }
  }

  private void transformColumns(int[] block, int log2, boolean dst, int width, int height) {
    int size = 1 << log2;
    for (int x = 0; x < width; x += 2) {
      for (int y = 0; y < height; y++) {
        int i = (y << log2) + x;
        line[y] = block[i] + ((long) block[i + 1] << 32);
      }
      transform(log2, dst, height, 64 * BOTH);
      int to = x << log2;
      for (int y = 0; y < size; y++) {
        long sums = out[y];
        columns[to + y] = clip((int) sums >> 7);
        columns[to + size + y] = clip(high(sums) >> 7);
      }
    }
  }

  private void transformRows(int y, int log2, boolean dst, int width, int shift) {
    for (int x = 0; x < width; x++) {
      int i = (x << log2) + y;
      line[x] = columns[i] + ((long) columns[i + 1] << 32);
    }
    transform(log2, dst, width, BOTH << (shift - 1));
  }

  /** Scales the coefficients of a block with transform skip (8.6.4.2: tsShift; 8.6.2: bdShift). */
  void skip(int[] block, int log2, int bitDepth) {
    int shift = 20 - bitDepth;
    for (int i = 0; i < 1 << (2 * log2); i++) {
      block[i] = ((block[i] << (log2 + 5)) + (1 << (shift - 1))) >> shift;
    }
  }

  private static int high(long sums) {
    return (int) ((sums + 0x80000000L) >> 32);
  }

  private static short clip(int value, int max) {
    return (short) ((value & ~max) == 0 ? value : value < 0 ? 0 : max);
  }

  private static int clip(int value) {
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
  }

  /** Transforms {@link #line}, of which {@code count} values may not be 0, to {@link #out}. */
  private void transform(int log2, boolean dst, int count, long rounding) {
    for (int i = count; i < Math.min(32, count + 8); i++) {
      line[i] = 0; // addTwo reads up to two steps further
    }
    if (dst) {
      dst(rounding);
      return;
    }
    int step = 1 << (log2 - 2);
    four(step, count, rounding);
    for (int half = 2; half <= log2 - 1; half++) {
      step >>= 1;
      addOdd(half, step, count);
    }
  }

  /** The DST of 4 × 4 luma blocks (equation 8-287). */
  private void dst(long rounding) {
    long a = line[0];
    long b = line[1];
    long c = line[2];
    long d = line[3];
    out[0] = 29 * a + 74 * b + 84 * c + 55 * d + rounding;
    out[1] = 55 * a + 74 * b - 29 * c - 84 * d + rounding;
    out[2] = 74 * (a - c + d) + rounding;
    out[3] = 84 * a - 74 * b + 55 * c - 29 * d + rounding;
  }

  /** The DCT of four coefficients, every {@code step}-th in the line. */
  private void four(int step, int count, long rounding) {
    long a = 64 * line[0] + rounding;
    long b = step < count ? line[step] : 0;
    long c = 2 * step < count ? 64 * line[2 * step] : 0;
    long d = 3 * step < count ? line[3 * step] : 0;
    long even = a + c;
    long odd = a - c;
    long outer = 83 * b + 36 * d;
    long inner = 36 * b - 83 * d;
    out[0] = even + outer;
    out[1] = odd + inner;
    out[2] = odd - inner;
    out[3] = even - outer;
  }

  /**
   * Extends the DCT of every second coefficient to that of {@code 2^(log2 + 1)} coefficients.
   *
   * @param step from coefficient to coefficient in the line
   */
  private void addOdd(int log2, int step, int count) {
    int half = 1 << log2;
    int terms = (count + step - 1) / (2 * step); // odd multiples of step below count
    int[] factors = ODD[log2];
    if (terms == 0) {
      mirror(half);
      return;
    }
    int k = 0;
    if (terms == 1) {
      one(log2, factors, line[step]);
      k = 1;
    } else {
      two(log2, factors, line[step], line[3 * step]);
      k = 2;
    }
    for (; k + 4 <= terms; k += 4) {
      int i = (2 * k + 1) * step;
      addFour(
          log2, factors, k, line[i], line[i + 2 * step], line[i + 4 * step], line[i + 6 * step]);
    }
    for (; k < terms; k += 2) {
      int i = (2 * k + 1) * step;
      addTwo(log2, factors, k, line[i], line[i + 2 * step]);
    }
    int last = 2 * half - 1;
    for (int n = 0; n < half; n++) {
      long even = out[n];
      long sum = odd[n];
      out[n] = even + sum;
      out[last - n] = even - sum;
    }
  }

  private void mirror(int half) {
    for (int n = 0; n < half; n++) {
      out[2 * half - 1 - n] = out[n];
    }
  }

  private void one(int log2, int[] factors, long a) {
    long[] sums = odd;
    int half = 1 << log2;
    for (int n = 0; n < half; n++) {
      sums[n] = factors[n << log2] * a;
    }
  }

  private void two(int log2, int[] factors, long a, long b) {
    long[] sums = odd;
    int half = 1 << log2;
    for (int n = 0; n < half; n++) {
      int i = n << log2;
      sums[n] = factors[i] * a + factors[i + 1] * b;
    }
  }

  private void addTwo(int log2, int[] factors, int k, long a, long b) {
    long[] sums = odd;
    int half = 1 << log2;
    for (int n = 0; n < half; n++) {
      int i = (n << log2) + k;
      sums[n] += factors[i] * a + factors[i + 1] * b;
    }
  }

  private void addFour(int log2, int[] factors, int k, long a, long b, long c, long d) {
    long[] sums = odd;
    int half = 1 << log2;
    for (int n = 0; n < half; n++) {
      int i = (n << log2) + k;
      sums[n] += factors[i] * a + factors[i + 1] * b + factors[i + 2] * c + factors[i + 3] * d;
    }
  }
}
