package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.jpeg.Zigzag;
import dev.miniatura.internal.raster.Samples;

/**
 * The inverse DCT (T.81, A.3.3) at full size and scaled down.
 *
 * <p>At {@code idctSize} N &lt; 8 a block yields N × N samples from its N × N lowest frequencies.
 * Sizes 3, 5 and 6 are plain N-point transforms: samples of the same cosines, taken less often.
 *
 * <p>At sizes 1, 2 and 4 each sample is the mean of the 8/N × 8/N samples that those frequencies
 * represent. The mean of neighbouring samples of a cosine is the same cosine sampled more coarsely,
 * times an attenuation that depends on the frequency only; so it is an N-point transform whose
 * factors are folded into the dequantization ({@link #dequantizer}) and cost nothing. Samples of
 * these sizes are thus box means, and the resampler compensates the droop of a box for all three
 * alike.
 *
 * <p>An {@link Idct} computes it, for the many blocks of an {@link IdctBatch} at a time.
 *
 * <p><b>Ranges.</b> In a well-formed block, samples are within ±128 before the level shift, and
 * each coefficient is off by at most half a quantization step, which is 127.5. The result of a pass
 * is linear in both, so its bound is 128 Σ|w| + 127.5 Σ|v| over the weights w of the samples and v
 * of the coefficients in it. By these bounds no size overflows an int: each class states them after
 * each pass, and {@code InverseDctReferenceTest} tries the blocks that reach the extremes.
 *
 * <p><b>Malformed blocks</b> can hold any coefficient, and sums of them may wrap around. That does
 * no harm: int arithmetic is defined for every input, no intermediate value is an index, a length
 * or a divisor, and {@link Samples#clamp} brings whatever comes out into a byte. The block is wrong
 * already; nothing outside its own samples depends on it.
 */
final class InverseDct {

  /** Fraction bits of dequantized coefficients for sizes 2 and 4. */
  static final int SCALED_BITS = 12;

  /** Level shift and half a unit. */
  static final int SCALED_ROUND = (128 << SCALED_BITS) + (1 << (SCALED_BITS - 1));

  private InverseDct() {}

  /** Returns the zigzag index of the last coefficient that a size needs. */
  static int lastNeeded(int idctSize) {
    return switch (idctSize) {
      case 1 -> 0;
      case 2 -> 4;
      case 3 -> 12;
      case 4 -> 24;
      case 5 -> 39;
      case 6 -> 51;
      default -> 63;
    };
  }

  /** Returns whether the samples of a size are means over the area they cover. */
  static boolean areMeans(int idctSize) {
    return idctSize == 1 || idctSize == 2 || idctSize == 4;
  }

  /** Returns whether a size uses the coefficient at a natural index. */
  static boolean isNeeded(int idctSize, int natural) {
    return (natural & 7) < idctSize && natural >> 3 < idctSize;
  }

  /**
   * Returns the factors that dequantize coefficients for a size, 0 for those it does not use; in
   * zigzag order.
   *
   * @param quantization the table, in zigzag order
   */
  static int[] dequantizer(int idctSize, int[] quantization) {
    if (idctSize != 2 && idctSize != 4) {
      return quantization;
    }
    int[] factors = new int[lastNeeded(idctSize) + 1];
    for (int k = 0; k < factors.length; k++) {
      int natural = Zigzag.natural(k);
      if (isNeeded(idctSize, natural)) {
        double weight = weight(idctSize, natural & 7) * weight(idctSize, natural >> 3);
        factors[k] = (int) Math.rint(quantization[k] * weight * (1 << SCALED_BITS));
      }
    }
    return factors;
  }

  /**
   * Returns the weight of a coefficient at frequency {@code u}: its norm in the 8-point transform,
   * the attenuation by the mean (one factor for each halving), and the cosine that the reduced
   * transform factors out.
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

  /**
   * Returns the mean of a block: the sample of size 1. A DC coefficient is within ±1,152: 8 times
   * that of the samples, and half a step.
   */
  static byte mean(int dc) {
    return (byte) Samples.clamp(((dc + 4) >> 3) + 128);
  }
}
