package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.ColorKind;

/**
 * CMYK without a profile to sRGB, as ink on coated paper looks (SWOP, web offset).
 *
 * <p>A Neugebauer model: each of the sixteen overprints of the four inks at full strength has a
 * color, and a tint shows them in proportion to the areas they cover if the inks' dots lie
 * independently (Demichel). That is interpolation between sixteen corners. Dots print larger than
 * they are coded, so a coverage {@code a} counts as {@code a + g · a · (1 − a)}. As light spreads
 * in paper (Yule and Nielsen), proportions are not additive in linear light; encoded sRGB serves as
 * the space in which they nearly are, and the gain {@code g} differs with the wavelength, that is
 * with the sRGB component.
 *
 * <p>The numbers were fitted, by least squares over clipped sRGB with large errors weighted up, to
 * an SWOP (coated) profile through LittleCMS, perceptual intent, at 9⁴ inks. Paper was held white.
 * Corners below 0 or above 1 are outside sRGB: results are clipped, not the corners. Left over at
 * 12⁴ other inks: ΔE*ab (CIE 1976) mean 1.4, 95 % below 2.7, largest 4.9 (full yellow). All gains
 * are below 1 in magnitude, so more ink never covers less.
 */
final class InkModel implements PixelConversion {

  /** Corners by sRGB component; bit 0 of the index is cyan, 1 magenta, 2 yellow, 3 black. */
  private static final double[][] OVERPRINTS = {
    {
      1.0000, -0.3220, 0.9084, 0.2085, 1.0389, -0.0882, 0.9099, 0.2414,
      0.2246, 0.0393, 0.2185, 0.1294, 0.2035, 0.0481, 0.2122, 0.1175
    },
    {
      1.0000, 0.6810, 0.1880, 0.2484, 0.9420, 0.6531, 0.2166, 0.2603,
      0.2143, 0.1787, 0.0937, 0.0928, 0.1988, 0.1823, 0.1144, 0.1126
    },
    {
      1.0000, 0.9233, 0.5551, 0.5697, 0.1780, 0.3432, 0.2192, 0.2638,
      0.2178, 0.2177, 0.1415, 0.1597, 0.1224, 0.1261, 0.1023, 0.1118
    }
  };

  /** Dot gains by sRGB component, of cyan, magenta, yellow, black. */
  private static final double[][] GAINS = {
    {-0.2587, 0.6683, 0.4997, 0.0582},
    {0.3550, -0.0809, 0.5978, 0.0137},
    {0.6463, 0.1103, -0.0070, -0.0117}
  };

  private static final int INKS = 4;

  /** Effective coverages by sRGB component, ink and sample. */
  private final double[][][] coverage = new double[3][INKS][256];

  InkModel() {
    for (int component = 0; component < 3; component++) {
      for (int ink = 0; ink < INKS; ink++) {
        for (int i = 0; i < 256; i++) {
          double a = i / 255.0;
          coverage[component][ink][i] = a + GAINS[component][ink] * a * (1 - a);
        }
      }
    }
  }

  @Override
  public ColorKind target() {
    return ColorKind.RGB;
  }

  @Override
  public void convert(byte[][] source, byte[][] target) {
    double[] corners = new double[1 << INKS];
    for (int i = 0; i < source[0].length; i++) {
      for (int component = 0; component < 3; component++) {
        System.arraycopy(OVERPRINTS[component], 0, corners, 0, corners.length);
        for (int ink = INKS - 1; ink >= 0; ink--) {
          double a = coverage[component][ink][source[ink][i] & 0xff];
          int half = 1 << ink;
          for (int corner = 0; corner < half; corner++) {
            corners[corner] += a * (corners[corner + half] - corners[corner]);
          }
        }
        target[component][i] = (byte) (int) (ToneCurve.clamp(corners[0]) * 255 + 0.5);
      }
    }
  }
}
