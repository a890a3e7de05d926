package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.ColorKind;

/**
 * CMYK without a profile to sRGB, as ink on coated paper looks (SWOP, web offset).
 *
 * <p>A Neugebauer model: each of the sixteen overprints of the four inks at full strength has a
 * color, and a tint shows them in proportion to the areas they cover if the inks' dots are placed
 * independently (Demichel). That is interpolation between sixteen corners. Dots print larger than
 * coded, so a coverage {@code a} counts as {@code a + g · a · (1 − a)}; as the gain {@code g}
 * differs with the wavelength, each sRGB component has its own. Because light spreads in paper,
 * proportions do not add up in linear light but in a root of it (Yule and Nielsen). Here they do in
 * the square of encoded sRGB, which is about the root 1.1.
 *
 * <p>The numbers were fitted by least squares over clipped sRGB, with large color differences
 * weighted more, to a SWOP (coated) profile through LittleCMS with perceptual intent, at 9⁴ ink
 * combinations; paper was fixed as white. The remaining error at 12⁴ combinations: ΔE*ab (CIE 1976)
 * 1.2 on average, below 2.6 for 95 %, at most 7.0. Corners outside [0, 1] are colors outside sRGB:
 * results are clipped, not the corners. All gains lie between 0 and 1, so more ink never counts
 * less.
 */
final class InkModel implements PixelConversion {

  /** Corners by sRGB component; bit 0 of the index is cyan, 1 magenta, 2 yellow, 3 black. */
  private static final double[][] OVERPRINTS = {
    {
      1.0000, -0.2663, 0.8397, 0.0398, 0.9964, -0.1155, 0.8579, 0.0422,
      0.0230, -0.0243, 0.0089, -0.0121, 0.0113, -0.0276, 0.0070, -0.0115
    },
    {
      1.0000, 0.4679, -0.0050, 0.0326, 0.8712, 0.4435, 0.0149, 0.0422,
      0.0146, 0.0008, -0.0209, -0.0128, 0.0106, 0.0014, -0.0123, -0.0112
    },
    {
      1.0000, 0.8610, 0.2926, 0.3321, -0.0070, 0.1048, 0.0258, 0.0476,
      0.0129, 0.0189, -0.0063, -0.0042, -0.0109, -0.0092, -0.0146, -0.0117
    }
  };

  /** Dot gains by sRGB component, of cyan, magenta, yellow, black. */
  private static final double[][] GAINS = {
    {0.5319, 0.6057, 0.5372, 0.5841},
    {0.5363, 0.4906, 0.9171, 0.5867},
    {0.4467, 0.4067, 0.5451, 0.5692}
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
        double encoded = Math.sqrt(ToneCurve.clamp(corners[0]));
        target[component][i] = (byte) (int) (encoded * 255 + 0.5);
      }
    }
  }
}
