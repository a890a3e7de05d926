package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.ColorKind;

/**
 * A three-component matrix-based profile (ICC.1:2022, annex F.3) to sRGB: each sample to linear
 * light by its tone curve, the product of the profile's matrix to D50 XYZ and the matrix from there
 * to linear sRGB, clipping, the sRGB curve.
 *
 * <p>Linear light and matrix elements are integers in 1/65536. Elements are checked to have a
 * magnitude below 2¹², so a sum is below 3 · 2¹² · 2³² and, scaled back, below 2³⁰.
 */
final class MatrixConversion implements PixelConversion {

  private static final int MAX_ELEMENT = 1 << 12;
  private static final double MIN_WHITE = 0.5;
  private static final double MAX_WHITE = 2;

  private final int[][] linear = new int[3][];
  private final long[] matrix = new long[9];

  MatrixConversion(IccProfile profile) throws ProfileException {
    if (!profile.connectionSpace().equals(IccProfile.PCS_XYZ)) {
      throw new ProfileException("its matrix does not lead to XYZ");
    }
    String[] components = {"r", "g", "b"};
    double[] colorants = new double[9];
    for (int c = 0; c < 3; c++) {
      TagData colorant = profile.requiredTag(components[c].concat("XYZ"));
      for (int row = 0; row < 3; row++) {
        colorants[3 * row + c] = colorant.fixed(8 + 4 * row);
      }
      linear[c] = linearTable(profile.requiredTag(components[c].concat("TRC")));
    }
    double white = colorants[3] + colorants[4] + colorants[5];
    if (white < MIN_WHITE || white > MAX_WHITE) {
      throw new ProfileException("its white is not white");
    }
    double[] toSrgb = Colorimetry.multiply(Colorimetry.xyzToSrgb(), colorants);
    for (int i = 0; i < 9; i++) {
      if (Math.abs(toSrgb[i]) >= MAX_ELEMENT) {
        throw new ProfileException("its primaries are not valid colors");
      }
      matrix[i] = Math.round(toSrgb[i] * SrgbEncoder.ONE);
    }
  }

  @Override
  public ColorKind target() {
    return ColorKind.RGB;
  }

  @Override
  public void convert(byte[][] source, byte[][] target) {
    for (int i = 0; i < source[0].length; i++) {
      int r = linear[0][source[0][i] & 0xff];
      int g = linear[1][source[1][i] & 0xff];
      int b = linear[2][source[2][i] & 0xff];
      for (int row = 0; row < 3; row++) {
        long sum = matrix[3 * row] * r + matrix[3 * row + 1] * g + matrix[3 * row + 2] * b;
        target[row][i] = SrgbEncoder.encode((int) ((sum + SrgbEncoder.ONE / 2) / SrgbEncoder.ONE));
      }
    }
  }

  private static int[] linearTable(TagData curve) throws ProfileException {
    double[] samples = ToneCurve.sample(ToneCurve.read(curve));
    int[] table = new int[samples.length];
    for (int i = 0; i < table.length; i++) {
      table[i] = (int) (samples[i] * SrgbEncoder.ONE + 0.5);
    }
    return table;
  }
}
