package dev.miniatura.internal.color;

import java.util.function.DoubleUnaryOperator;

/**
 * A one-dimensional curve of a profile: curveType and parametricCurveType (ICC.1:2022, sections
 * 10.6 and 10.18).
 *
 * <p>Parametric curves continue outside [0, 1], which profiles of unbounded spaces such as XYB rely
 * on, as in LittleCMS; sampled ones end at their last points.
 */
final class ToneCurve {

  private static final String SAMPLED = "curv";
  private static final String PARAMETRIC = "para";

  /**
   * The maximum number of points. More would not make 16-bit numbers finer, and a hostile profile
   * must not fill memory.
   */
  private static final int MAX_POINTS = 1 << 16;

  private static final int[] PARAMETERS = {1, 3, 4, 5, 7};

  private ToneCurve() {}

  static DoubleUnaryOperator read(TagData data) throws ProfileException {
    String type = data.signature(0);
    if (type.equals(SAMPLED)) {
      return readSampled(data);
    }
    if (type.equals(PARAMETRIC)) {
      return readParametric(data);
    }
    throw new ProfileException("one of its curves is of unknown type");
  }

  /** Returns the length of a curve in bytes, without the padding to the next multiple of four. */
  static long byteLength(TagData data) throws ProfileException {
    return data.signature(0).equals(PARAMETRIC)
        ? 12 + 4L * parameterCount(data)
        : 12 + 2 * data.u32(8);
  }

  /** Returns the curve at the 256 values of an 8-bit sample, clipped to [0, 1]. */
  static double[] sample(DoubleUnaryOperator curve) {
    double[] samples = new double[256];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = clamp(curve.applyAsDouble(i / 255.0));
    }
    return samples;
  }

  /** Interpolates between equally spaced points over [0, 1]. */
  static DoubleUnaryOperator through(double[] points) {
    int last = points.length - 1;
    return x -> {
      double position = clamp(x) * last;
      int i = Math.min((int) position, last - 1);
      return points[i] + (points[i + 1] - points[i]) * (position - i);
    };
  }

  /** Clamps a number to [0, 1]; NaN, which hostile parameters can cause, becomes 0. */
  static double clamp(double x) {
    return x > 0 ? Math.min(x, 1) : 0;
  }

  private static DoubleUnaryOperator readSampled(TagData data) throws ProfileException {
    long count = data.u32(8);
    if (count == 0) {
      return DoubleUnaryOperator.identity();
    }
    if (count == 1) {
      double gamma = data.u16(12) / 256.0;
      return segments(gamma, 1, 0, 0, Double.NEGATIVE_INFINITY, 0, 0);
    }
    if (count > MAX_POINTS) {
      throw new ProfileException("one of its curves is too long");
    }
    data.require(12, 2 * count);
    double[] points = new double[(int) count];
    for (int i = 0; i < points.length; i++) {
      points[i] = data.u16(12 + 2 * i) / 65535.0;
    }
    return through(points);
  }

  private static int parameterCount(TagData data) throws ProfileException {
    int function = data.u16(8);
    if (function >= PARAMETERS.length) {
      throw new ProfileException("one of its curves is of unknown type");
    }
    return PARAMETERS[function];
  }

  /** The five functions of the specification's table; it calls the parameters g, a, b, c … f. */
  private static DoubleUnaryOperator readParametric(TagData data) throws ProfileException {
    double[] p = new double[parameterCount(data)];
    for (int i = 0; i < p.length; i++) {
      p[i] = data.fixed(12 + 4 * i);
    }
    return switch (p.length) {
      case 1 -> segments(p[0], 1, 0, 0, Double.NEGATIVE_INFINITY, 0, 0);
      case 3 -> segments(p[0], p[1], p[2], 0, -p[2] / p[1], 0, 0);
      case 4 -> segments(p[0], p[1], p[2], 0, -p[2] / p[1], p[3], p[3]);
      case 5 -> segments(p[0], p[1], p[2], p[3], p[4], 0, 0);
      default -> segments(p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
    };
  }

  /** A power function from a threshold on, a straight line below it. */
  private static DoubleUnaryOperator segments(
      double gamma,
      double scale,
      double shift,
      double slope,
      double threshold,
      double powerOffset,
      double lineOffset) {
    return x ->
        x >= threshold ? power(scale * x + shift, gamma) + powerOffset : slope * x + lineOffset;
  }

  /** Returns a power; a negative base has one only if the exponent is 1. */
  private static double power(double base, double exponent) {
    return exponent == 1 ? base : StrictMath.pow(Math.max(base, 0), exponent);
  }
}
