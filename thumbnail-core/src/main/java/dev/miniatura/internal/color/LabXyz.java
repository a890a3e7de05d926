package dev.miniatura.internal.color;

/** CIE 1976 L*a*b* to XYZ, both relative to D50 (CIE 15). */
final class LabXyz {

  private static final double DELTA = 6.0 / 29;

  private LabXyz() {}

  /** Returns the relative luminance of a lightness in [0, 100]. */
  static double luminance(double lightness) {
    return inverse((lightness + 16) / 116);
  }

  /** Replaces L*, a*, b* by X, Y, Z. */
  static void toXyz(double[] color) {
    double y = (color[0] + 16) / 116;
    double x = y + color[1] / 500;
    double z = y - color[2] / 200;
    color[0] = Colorimetry.D50[0] * inverse(x);
    color[1] = inverse(y);
    color[2] = Colorimetry.D50[2] * inverse(z);
  }

  private static double inverse(double t) {
    return t > DELTA ? t * t * t : 3 * DELTA * DELTA * (t - 4.0 / 29);
  }
}
