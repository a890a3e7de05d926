package dev.miniatura.internal.webp;

/**
 * The quantization, the value of a bit, and the filtering of the macroblocks of one segment. The
 * constants were tuned for bytes at equal SSIM on photographs.
 */
final class SegmentQuantizers {

  /** The value of a bit in squared error, in squares of the step. */
  private static final float LAMBDA = 0.02f;

  private static final float LAMBDA_CHROMA = 0.03f;

  /** The value of {@link #estimate}, in steps. */
  private static final float ESTIMATE = 0.5f;

  /** The level of the loop filter, in steps. */
  private static final float FILTER = 0.36f;

  private static final double ROUNDING_AFTER_SECOND = 0.40; // see BlockQuantizer
  private static final double ROUNDING_SECOND_DC = 0.45;
  private static final double ROUNDING_SECOND = 0.42;
  private static final double ROUNDING_LUMA_DC = 0.47;
  private static final double ROUNDING_LUMA = 0.42;
  private static final double ROUNDING_CHROMA = 0.45;

  final int index;

  /** Level of the loop filter, 0 to 63. */
  final int filterLevel;

  /** For luma with a second order, whose blocks have no first coefficients. */
  final BlockQuantizer lumaAfterSecond;

  final BlockQuantizer second;
  final BlockQuantizer luma;
  final BlockQuantizer chroma;

  /** The value of 1/256 bit in squared errors of samples, times 16. */
  final float lambda;

  final float lambdaChroma;

  /** The approximate cost of a sum of coefficient magnitudes, in the same unit. */
  final float estimate;

  /**
   * Creates the quantizers of a segment.
   *
   * @param index 0 to 127
   * @param deltas see {@link Quantizers#of}
   */
  SegmentQuantizers(int index, int[] deltas) {
    this.index = index;
    Quantizers q = Quantizers.of(index, deltas);
    filterLevel = Math.min(Math.round(FILTER * q.lumaAc()), FilterHeader.MAX_LEVEL);
    lumaAfterSecond = new BlockQuantizer(q.lumaDc(), q.lumaAc(), 2, 0, ROUNDING_AFTER_SECOND);
    second = new BlockQuantizer(q.secondDc(), q.secondAc(), 4, ROUNDING_SECOND_DC, ROUNDING_SECOND);
    luma = new BlockQuantizer(q.lumaDc(), q.lumaAc(), 2, ROUNDING_LUMA_DC, ROUNDING_LUMA);
    chroma = new BlockQuantizer(q.chromaDc(), q.chromaAc(), 2, ROUNDING_CHROMA, ROUNDING_CHROMA);
    lambda = LAMBDA * q.lumaAc() * q.lumaAc() / 16;
    lambdaChroma = LAMBDA_CHROMA * q.chromaAc() * q.chromaAc() / 16;
    estimate = ESTIMATE * q.lumaAc();
  }
}
