package dev.miniatura.internal.png;

import dev.miniatura.internal.raster.SrgbCurve;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Coding-independent code points (ITU-T H.273) of a cICP chunk. HDR signals are shown by their
 * standard range: what is brighter than reference white, 203 cd/m² (ITU-R BT.2408), clips.
 *
 * @param curve from an encoded sample, 0 to 1, to light, 0 to 1
 */
record CodePoints(Primaries primaries, DoubleUnaryOperator curve, boolean isSrgb) {

  private static final double REFERENCE_WHITE = 203; // cd/m², BT.2408 table 1

  /** Reads the four bytes of the chunk; null if they name nothing that is known or make sense. */
  static @Nullable CodePoints parse(byte[] data) {
    Primaries primaries = primaries(data[0] & 0xff);
    DoubleUnaryOperator transfer = transfer(data[1] & 0xff);
    boolean fullRange = data[3] == 1;
    if (primaries == null || transfer == null || data[2] != 0) {
      return null;
    }
    boolean srgb = data[0] == 1 && data[1] == 13 && fullRange;
    // Narrow range: 16 to 235 of 255 are black to white (H.273, 8.3).
    DoubleUnaryOperator curve =
        fullRange
            ? transfer
            : encoded ->
                transfer.applyAsDouble(Math.max(0, Math.min(1, (encoded * 255 - 16) / 219)));
    return new CodePoints(primaries, curve, srgb);
  }

  /** Chromaticities of H.273, table 2. */
  private static @Nullable Primaries primaries(int code) {
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

  /** The inverses of H.273, table 3. */
  private static @Nullable DoubleUnaryOperator transfer(int code) {
    return switch (code) {
      case 1, 6, 14, 15 -> CodePoints::bt709;
      case 4 -> encoded -> StrictMath.pow(encoded, 2.2);
      case 5 -> encoded -> StrictMath.pow(encoded, 2.8);
      case 8 -> encoded -> encoded;
      case 13 -> SrgbCurve::toLinear;
      case 16 -> CodePoints::perceptualQuantizer;
      case 18 -> CodePoints::hybridLogGamma;
      default -> null;
    };
  }

  private static double bt709(double encoded) {
    return encoded < 0.081 ? encoded / 4.5 : StrictMath.pow((encoded + 0.099) / 1.099, 1 / 0.45);
  }

  /** SMPTE ST 2084, 5.1: a fraction of 10,000 cd/m². */
  private static double perceptualQuantizer(double encoded) {
    double m1 = 2610 / 16384.0;
    double m2 = 2523 / 4096.0 * 128;
    double c1 = 3424 / 4096.0;
    double c2 = 2413 / 4096.0 * 32;
    double c3 = 2392 / 4096.0 * 32;
    double root = StrictMath.pow(encoded, 1 / m2);
    double light = StrictMath.pow(Math.max(0, root - c1) / (c2 - c3 * root), 1 / m1);
    return Math.min(1, light * 10_000 / REFERENCE_WHITE);
  }

  /** ITU-R BT.2100, table 5, on a display of 1,000 cd/m², its system gamma of 1.2 per channel. */
  private static double hybridLogGamma(double encoded) {
    double a = 0.17883277;
    double b = 1 - 4 * a;
    double c = 0.5 - a * StrictMath.log(4 * a);
    double scene =
        encoded <= 0.5 ? encoded * encoded / 3 : (StrictMath.exp((encoded - c) / a) + b) / 12;
    return Math.min(1, StrictMath.pow(scene, 1.2) * 1_000 / REFERENCE_WHITE);
  }
}
