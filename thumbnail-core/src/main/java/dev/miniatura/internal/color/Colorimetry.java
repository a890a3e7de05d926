package dev.miniatura.internal.color;

import org.jspecify.annotations.Nullable;

/**
 * XYZ relative to the D50 white of ICC profiles. Matrices are 3 × 3, row by row.
 *
 * <p>White points are adapted with the linear Bradford transform, as in ICC.1:2022, annex E.
 */
final class Colorimetry {

  /** The profile connection space's white, X, Y and Z. */
  static final double[] D50 = {0.9642, 1, 0.8249};

  /** ITU-R BT.709 and sRGB: x and y of red, green, blue and the white D65. */
  static final double[] BT709 = {0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290};

  private static final double[] BRADFORD = {
    0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296
  };

  private static final double MIN_DETERMINANT = 1e-6;

  private Colorimetry() {}

  /** Returns the matrix from D50 XYZ to linear sRGB. */
  static double[] xyzToSrgb() {
    return XyzToSrgb.MATRIX;
  }

  /**
   * Returns the matrix from linear RGB to D50 XYZ, or null if the primaries span no triangle.
   *
   * @param chromaticities x and y of red, green, blue and white
   */
  static double @Nullable [] rgbToXyz(double[] chromaticities) {
    double[] primaries = primaries(chromaticities);
    double[] adaptation = adaptation(xyz(chromaticities, 3));
    double[] amounts = amounts(chromaticities);
    if (amounts == null || adaptation == null) {
      return null;
    }
    for (int i = 0; i < 9; i++) {
      primaries[i] *= amounts[i % 3];
    }
    return multiply(adaptation, primaries);
  }

  /** Returns the luminances of red, green and blue that add up to white; null if there are none. */
  static double @Nullable [] amounts(double[] chromaticities) {
    double[] inverse = inverse(primaries(chromaticities));
    return inverse == null ? null : apply(inverse, xyz(chromaticities, 3));
  }

  /** Returns the XYZ of red, green and blue of luminance 1, as columns. */
  private static double[] primaries(double[] chromaticities) {
    double[] primaries = new double[9];
    for (int c = 0; c < 3; c++) {
      double[] xyz = xyz(chromaticities, c);
      for (int row = 0; row < 3; row++) {
        primaries[3 * row + c] = xyz[row];
      }
    }
    return primaries;
  }

  /**
   * Returns the matrix that adapts colors from a white point to D50, or null for an invalid white.
   */
  static double @Nullable [] adaptation(double[] white) {
    double[] from = apply(BRADFORD, white);
    double[] to = apply(BRADFORD, D50);
    double[] scaled = BRADFORD.clone();
    for (int i = 0; i < 9; i++) {
      scaled[i] *= to[i / 3] / from[i / 3];
    }
    double[] back = inverse(BRADFORD);
    for (double response : from) {
      if (!(response > MIN_DETERMINANT)) {
        return null;
      }
    }
    return back == null ? null : multiply(back, scaled);
  }

  /** Returns X, Y, Z with Y = 1 for the chromaticity with the number {@code index}. */
  static double[] xyz(double[] chromaticities, int index) {
    double x = chromaticities[2 * index];
    double y = chromaticities[2 * index + 1];
    return new double[] {x / y, 1, (1 - x - y) / y};
  }

  static double[] multiply(double[] a, double[] b) {
    double[] product = new double[9];
    for (int i = 0; i < 9; i++) {
      int row = i - i % 3;
      product[i] = a[row] * b[i % 3] + a[row + 1] * b[i % 3 + 3] + a[row + 2] * b[i % 3 + 6];
    }
    return product;
  }

  static double[] apply(double[] m, double[] v) {
    return new double[] {
      m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
      m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
      m[6] * v[0] + m[7] * v[1] + m[8] * v[2]
    };
  }

  /** Returns the inverse, computed from the adjugate, or null if there is no usable one. */
  static double @Nullable [] inverse(double[] m) {
    double[] adjugate = {
      m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
      m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
      m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]
    };
    double determinant = m[0] * adjugate[0] + m[1] * adjugate[3] + m[2] * adjugate[6];
    if (!(Math.abs(determinant) > MIN_DETERMINANT)) {
      return null;
    }
    for (int i = 0; i < 9; i++) {
      adjugate[i] /= determinant;
    }
    return adjugate;
  }

  private static final class XyzToSrgb {

    static final double[] MATRIX = matrix();

    private static double[] matrix() {
      double[] srgb = rgbToXyz(BT709);
      double[] inverse = srgb == null ? null : inverse(srgb);
      if (inverse == null) {
        throw new AssertionError("BT.709 primaries span a triangle");
      }
      return inverse;
    }
  }
}
