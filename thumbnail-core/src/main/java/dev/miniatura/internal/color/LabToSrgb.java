package dev.miniatura.internal.color;

/** CIE 1976 L*a*b* under D50 to sRGB, for pixels stored in that space. */
public final class LabToSrgb {

  private final double[] matrix = Colorimetry.xyzToSrgb();
  private final double[] color = new double[3];

  /**
   * Converts a color.
   *
   * @param lightness L*, 0 to 100
   * @param target receives red, green and blue, clipped to sRGB
   */
  public void convert(double lightness, double a, double b, byte[] target, int at) {
    color[0] = lightness;
    color[1] = a;
    color[2] = b;
    LabXyz.toXyz(color);
    for (int c = 0; c < 3; c++) {
      double linear =
          matrix[3 * c] * color[0] + matrix[3 * c + 1] * color[1] + matrix[3 * c + 2] * color[2];
      target[at + c] = SrgbEncoder.encode(linear);
    }
  }
}
