package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.ColorKind;

/**
 * A profile's perceptual lookup tables, tag A2B0, to sRGB: its {@link LutStages}, from L*a*b* or
 * XYZ to linear sRGB, clipping, the sRGB curve.
 *
 * <p>Only Java's double arithmetic and {@link StrictMath}: the same bytes on every machine. The
 * stages have been read and checked completely, so no pixel can fail.
 */
final class LutConversion implements PixelConversion {

  /** The X, Y or Z for which 1.0 of a B curve stands: u1Fixed15Number 0xFFFF. */
  private static final double XYZ_SCALE = 65535 / 32768.0;

  private final int inputs;
  private final boolean lab;
  private final LutStages stages;

  LutConversion(IccProfile profile, int inputs) throws ProfileException {
    this.inputs = inputs;
    lab = profile.connectionSpace().equals(IccProfile.PCS_LAB);
    stages = LutStages.read(profile.requiredTag("A2B0"), inputs);
  }

  @Override
  public ColorKind target() {
    return ColorKind.RGB;
  }

  @Override
  public void convert(byte[][] source, byte[][] target) {
    double[] color = new double[Math.max(inputs, ColorLookupTable.OUTPUTS)];
    ColorLookupTable table = stages.table();
    for (int i = 0; i < source[0].length; i++) {
      for (int c = 0; c < inputs; c++) {
        color[c] = stages.aSamples()[c][source[c][i] & 0xff];
      }
      if (table != null) {
        table.apply(color);
      }
      toConnectionSpace(color);
      if (lab) {
        LabXyz.toXyz(color);
      }
      double[] linear = Colorimetry.apply(Colorimetry.xyzToSrgb(), color);
      for (int c = 0; c < target.length; c++) {
        target[c][i] = SrgbEncoder.encode(linear[c]);
      }
    }
  }

  /** M curves, matrix, B curves and the encoding's scale. */
  private void toConnectionSpace(double[] color) {
    double m0 = stages.mCurves()[0].applyAsDouble(color[0]);
    double m1 = stages.mCurves()[1].applyAsDouble(color[1]);
    double m2 = stages.mCurves()[2].applyAsDouble(color[2]);
    double[] matrix = stages.matrix();
    for (int c = 0; c < ColorLookupTable.OUTPUTS; c++) {
      int row = 4 * c;
      double sum = matrix[row] * m0 + matrix[row + 1] * m1 + matrix[row + 2] * m2 + matrix[row + 3];
      color[c] = stages.bCurves()[c].applyAsDouble(sum);
    }
    if (lab) {
      color[0] *= stages.lightnessScale();
      color[1] = color[1] * stages.opponentScale() - 128;
      color[2] = color[2] * stages.opponentScale() - 128;
    } else {
      color[0] *= XYZ_SCALE;
      color[1] *= XYZ_SCALE;
      color[2] *= XYZ_SCALE;
    }
  }
}
