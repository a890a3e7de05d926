package dev.miniatura.internal.jpeg;

/**
 * The inverse DCT (T.81, A.3.3) at full size and scaled down.
 *
 * <p>At {@code idctSize} N &lt; 8 a block yields N × N samples, each the mean of the 8/N × 8/N
 * samples that the block's N × N lowest frequencies stand for. The mean of neighbouring samples of
 * a cosine is the same cosine sampled more coarsely, times an attenuation that depends on the
 * frequency only; so it is an N-point transform whose factors are folded into the dequantization
 * ({@link #dequantizer}) and cost nothing. Samples of all reduced sizes are thus box means, and the
 * resampler compensates the droop of a box for all of them alike.
 *
 * <p>Blocks are dequantized coefficients in natural order, eight per row. A well-formed block stays
 * in an int throughout; a malformed one may wrap, is clamped when stored, and never reaches an
 * index. Samples are level-shifted and clamped to 0..255.
 */
final class InverseDct {

  /** Fraction bits of dequantized coefficients for sizes 2 and 4. */
  private static final int SCALED_BITS = 12;

  private static final int SCALED_ROUND = (128 << SCALED_BITS) + (1 << (SCALED_BITS - 1));

  /** tan(π/8) with 13 fraction bits. */
  private static final int TAN_PI_8 = 3393;

  private InverseDct() {}

  /** Returns the zigzag index of the last coefficient that a size needs. */
  static int lastNeeded(int idctSize) {
    return switch (idctSize) {
      case 1 -> 0;
      case 2 -> 4;
      case 4 -> 24;
      default -> 63;
    };
  }

  /** Whether a size uses the coefficient at a natural index. */
  static boolean isNeeded(int idctSize, int natural) {
    return (natural & 7) < idctSize && natural >> 3 < idctSize;
  }

  /**
   * Returns factors that dequantize coefficients for a size, 0 for those it does not use.
   *
   * @param quantization table in zigzag order, as is the result
   */
  static int[] dequantizer(int idctSize, int[] quantization) {
    if (idctSize == 1 || idctSize == 8) {
      return quantization;
    }
    int[] factors = new int[lastNeeded(idctSize) + 1];
    for (int k = 0; k < factors.length; k++) {
      int natural = Zigzag.NATURAL[k];
      if (isNeeded(idctSize, natural)) {
        double weight = weight(idctSize, natural & 7) * weight(idctSize, natural >> 3);
        factors[k] = (int) Math.rint(quantization[k] * weight * (1 << SCALED_BITS));
      }
    }
    return factors;
  }

  /**
   * Returns what a coefficient contributes at frequency {@code u}: its norm in the 8-point
   * transform, the attenuation by the mean (one factor for each halving), and the cosine that the
   * reduced transform factors out.
   */
  private static double weight(int idctSize, int u) {
    if (u == 0) {
      return Math.sqrt(0.125);
    }
    double weight = 0.5 * Math.cos(u * Math.PI / 16);
    if (idctSize == 2) {
      return weight * Math.cos(u * Math.PI / 8) * Math.cos(Math.PI / 4);
    }
    return weight * Math.cos(u == 2 ? Math.PI / 4 : Math.PI / 8);
  }

  /** Stores a block of {@code idctSize} × {@code idctSize} samples. */
  static void store(int idctSize, int[] block, byte[] out, int at, int stride) {
    switch (idctSize) {
      case 1 -> out[at] = mean(block[0]);
      case 2 -> store2(block, out, at, stride);
      case 4 -> store4(block, out, at, stride);
      default -> FullInverseDct.store(block, out, at, stride);
    }
  }

  /** Returns the mean of a block: the sample of size 1. */
  static byte mean(int dc) {
    return clamp(((dc + 4) >> 3) + 128);
  }

  private static void store2(int[] block, byte[] out, int at, int stride) {
    int top = block[0] + block[1] + SCALED_ROUND;
    int topRight = block[0] - block[1] + SCALED_ROUND;
    int down = block[8] + block[9];
    int downRight = block[8] - block[9];
    out[at] = clamp((top + down) >> SCALED_BITS);
    out[at + 1] = clamp((topRight + downRight) >> SCALED_BITS);
    out[at + stride] = clamp((top - down) >> SCALED_BITS);
    out[at + stride + 1] = clamp((topRight - downRight) >> SCALED_BITS);
  }

  /**
   * Columns, then rows: even part c0 ± c2, odd part by one rotation whose cos(π/8) is in the
   * dequantization, which leaves tan(π/8) as the only factor.
   */
  private static void store4(int[] block, byte[] out, int at, int stride) {
    for (int x = 0; x < 4; x++) {
      int even0 = block[x] + block[x + 16];
      int even1 = block[x] - block[x + 16];
      int odd0 = block[x + 8] + timesTan(block[x + 24]);
      int odd1 = timesTan(block[x + 8]) - block[x + 24];
      block[x] = even0 + odd0;
      block[x + 8] = even1 + odd1;
      block[x + 16] = even1 - odd1;
      block[x + 24] = even0 - odd0;
    }
    int to = at;
    for (int y = 0; y < 32; y += 8) {
      int even0 = block[y] + block[y + 2] + SCALED_ROUND;
      int even1 = block[y] - block[y + 2] + SCALED_ROUND;
      int odd0 = block[y + 1] + timesTan(block[y + 3]);
      int odd1 = timesTan(block[y + 1]) - block[y + 3];
      out[to] = clamp((even0 + odd0) >> SCALED_BITS);
      out[to + 1] = clamp((even1 + odd1) >> SCALED_BITS);
      out[to + 2] = clamp((even1 - odd1) >> SCALED_BITS);
      out[to + 3] = clamp((even0 - odd0) >> SCALED_BITS);
      to += stride;
    }
  }

  /** A value of 12 fraction bits and below 512 in size: 2^18 after the first shift, times 2^12. */
  private static int timesTan(int value) {
    return ((value >> 3) * TAN_PI_8) >> 10;
  }

  /** Clamps to 0..255. */
  static byte clamp(int value) {
    return (byte) ((value & ~255) == 0 ? value : ~value >> 31);
  }
}
