package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.LumaWeights;

/** Chromaticities (CIE 1931 x and y) of a color space's white and primaries. */
public record Primaries(
    double whiteX,
    double whiteY,
    double redX,
    double redY,
    double greenX,
    double greenY,
    double blueX,
    double blueY) {

  /** ITU-R BT.709 and sRGB. */
  public static final Primaries SRGB =
      new Primaries(0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06);

  /** Returns x and y of red, green, blue and white. */
  public double[] redGreenBlueWhite() {
    return new double[] {redX, redY, greenX, greenY, blueX, blueY, whiteX, whiteY};
  }

  /** Returns the weights of red and blue in the luminance of white (SMPTE RP 177). */
  public LumaWeights lumaWeights() {
    double[] amounts = Colorimetry.amounts(redGreenBlueWhite());
    return amounts == null ? LumaWeights.BT601 : new LumaWeights(amounts[0], amounts[2]);
  }

  /** Returns whether no coordinate differs by more than a tolerance. */
  public boolean isNear(Primaries other, double tolerance) {
    double[] mine = redGreenBlueWhite();
    double[] theirs = other.redGreenBlueWhite();
    for (int i = 0; i < mine.length; i++) {
      if (Math.abs(mine[i] - theirs[i]) > tolerance) {
        return false;
      }
    }
    return true;
  }
}
