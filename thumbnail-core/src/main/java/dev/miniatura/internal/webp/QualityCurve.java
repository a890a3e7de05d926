package dev.miniatura.internal.webp;

/**
 * Maps quality to the index of the quantizer (RFC 6386, section 9.6) on the scale known from {@code
 * cwebp}: two straight lines that meet at quality 75, and the cube root of that.
 */
final class QualityCurve {

  private static final int MAX_INDEX = 127;
  private static final int[] NO_DELTAS = new int[5];

  private QualityCurve() {}

  /** Returns the index for a quality of 0 to 100. */
  static int index(double quality) {
    double part = quality / 100;
    double linear = part < 0.75 ? part * 2 / 3 : 2 * part - 1;
    return clamp((int) (MAX_INDEX * (1 - StrictMath.cbrt(linear))));
  }

  /** Returns the index whose step is nearest to that of another index times a power of two. */
  static int scaled(int index, double octaves) {
    double wanted = step(index) * StrictMath.pow(2, octaves);
    int nearest = 0;
    for (int i = 1; i <= MAX_INDEX; i++) {
      if (Math.abs(step(i) - wanted) < Math.abs(step(nearest) - wanted)) {
        nearest = i;
      }
    }
    return nearest;
  }

  private static int step(int index) {
    return Quantizers.of(index, NO_DELTAS).lumaAc();
  }

  private static int clamp(int index) {
    return Math.max(0, Math.min(index, MAX_INDEX));
  }
}
