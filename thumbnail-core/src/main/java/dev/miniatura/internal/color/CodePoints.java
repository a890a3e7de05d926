package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.SrgbCurve;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Colors by coding-independent code points (ITU-T H.273).
 *
 * <p>HDR signals are reduced to the range of a standard display by the tone mapping of Report ITU-R
 * BT.2390-8, section 5.4.1, separately for red, green and blue: from a peak of 1,000 cd/m² to
 * reference white, 203 cd/m² (Report ITU-R BT.2408, table 1). Light below about 90 cd/m² stays
 * unchanged.
 */
public final class CodePoints {

  private static final double REFERENCE_WHITE = 203; // cd/m²
  private static final double PEAK = 1_000; // cd/m²
  private static final double QUANTIZER_PEAK = 10_000; // cd/m²

  private CodePoints() {}

  /** Returns the chromaticities of a code (table 2); null if it is unspecified or unknown. */
  public static @Nullable Primaries primaries(int code) {
    return switch (code) {
      case 1 -> Primaries.SRGB;
      case 4 -> new Primaries(0.310, 0.316, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08);
      case 5 -> new Primaries(0.3127, 0.3290, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06);
      case 6, 7 -> new Primaries(0.3127, 0.3290, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070);
      case 9 -> new Primaries(0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046);
      case 11 -> new Primaries(0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060);
      case 12 -> new Primaries(0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060);
      case 22 -> new Primaries(0.3127, 0.3290, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077);
      default -> null;
    };
  }

  /**
   * Returns the function from an encoded sample, 0 to 1, to the light of a standard display, 0 to 1
   * (the inverses of table 3); null if the code is unspecified or unknown.
   */
  public static @Nullable DoubleUnaryOperator transfer(int code) {
    return switch (code) {
      case 1, 6, 14, 15 -> CodePoints::bt709;
      case 4 -> encoded -> StrictMath.pow(encoded, 2.2);
      case 5 -> encoded -> StrictMath.pow(encoded, 2.8);
      case 8 -> encoded -> encoded;
      case 13 -> SrgbCurve::toLinear;
      case 16 -> encoded -> toneMapped(light(encoded));
      case 18 -> encoded -> toneMapped(hybridLogGamma(encoded));
      default -> null;
    };
  }

  private static double bt709(double encoded) {
    return encoded < 0.081 ? encoded / 4.5 : StrictMath.pow((encoded + 0.099) / 1.099, 1 / 0.45);
  }

  private static final double M1 = 2610 / 16384.0;
  private static final double M2 = 2523 / 4096.0 * 128;
  private static final double C1 = 3424 / 4096.0;
  private static final double C2 = 2413 / 4096.0 * 32;
  private static final double C3 = 2392 / 4096.0 * 32;

  /** SMPTE ST 2084, 5.1: from an encoded sample to cd/m². */
  private static double light(double encoded) {
    double root = StrictMath.pow(encoded, 1 / M2);
    return QUANTIZER_PEAK * StrictMath.pow(Math.max(0, root - C1) / (C2 - C3 * root), 1 / M1);
  }

  /** SMPTE ST 2084, 5.2: from cd/m² to an encoded sample. */
  private static double quantized(double light) {
    double power = StrictMath.pow(light / QUANTIZER_PEAK, M1);
    return StrictMath.pow((C1 + C2 * power) / (1 + C3 * power), M2);
  }

  /**
   * ITU-R BT.2100, table 5, to cd/m² on a display with a peak of 1,000, with its system gamma of
   * 1.2 per channel.
   */
  private static double hybridLogGamma(double encoded) {
    double a = 0.17883277;
    double b = 1 - 4 * a;
    double c = 0.5 - a * StrictMath.log(4 * a);
    double scene =
        encoded <= 0.5 ? encoded * encoded / 3 : (StrictMath.exp((encoded - c) / a) + b) / 12;
    return PEAK * StrictMath.pow(scene, 1.2);
  }

  /**
   * From cd/m² to a fraction of reference white: the EETF of BT.2390, without a change of black.
   */
  private static double toneMapped(double light) {
    double encoded = Math.min(1, quantized(light) / ToneMapping.PEAK_SIGNAL);
    double knee = ToneMapping.KNEE;
    if (encoded > knee) {
      double t = (encoded - knee) / (1 - knee);
      encoded =
          (2 * t * t * t - 3 * t * t + 1) * knee
              + (t * t * t - 2 * t * t + t) * (1 - knee)
              + (-2 * t * t * t + 3 * t * t) * ToneMapping.WHITE;
    }
    return Math.max(0, Math.min(1, light(encoded * ToneMapping.PEAK_SIGNAL) / REFERENCE_WHITE));
  }

  /** Constants that depend only on the peaks, computed for the first HDR picture. */
  private static final class ToneMapping {
    static final double PEAK_SIGNAL = quantized(PEAK);
    static final double WHITE = quantized(REFERENCE_WHITE) / PEAK_SIGNAL;
    static final double KNEE = 1.5 * WHITE - 0.5;
  }
}
