package dev.miniatura.internal.color;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The stages from device components to the connection space that a profile's A2B tag holds:
 * lut8Type, lut16Type or lutAToBType (ICC.1:2022, sections 10.10 to 10.12). The older two have
 * input tables (A here), the color lookup table and output tables (B); their matrix is for devices
 * whose color space is XYZ, and is not read.
 *
 * @param aSamples A curves at the 256 values of each 8-bit component
 * @param table the color lookup table; null if the three components pass unchanged
 * @param mCurves three curves
 * @param matrix three rows of three factors and a constant
 * @param bCurves three curves
 * @param lightnessScale the L* for which 1.0 of a B curve stands
 * @param opponentScale the a* or b*, plus 128, for which 1.0 of a B curve stands
 */
@SuppressWarnings("ArrayRecordComponent")
record LutStages(
    double[][] aSamples,
    @Nullable ColorLookupTable table,
    DoubleUnaryOperator[] mCurves,
    double[] matrix,
    DoubleUnaryOperator[] bCurves,
    double lightnessScale,
    double opponentScale) {

  private static final int OUTPUTS = ColorLookupTable.OUTPUTS;
  private static final double[] IDENTITY = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};

  /** Reads a tag whose device has the given number of components. */
  static LutStages read(TagData data, int inputs) throws ProfileException {
    String type = data.signature(0);
    if (data.u8(8) != inputs || data.u8(9) != OUTPUTS) {
      throw new ProfileException("its lookup table is for other channels");
    }
    return switch (type) {
      case "mft1" -> readTables(data.from(48), inputs, data.u8(10), 256, 256, 1);
      case "mft2" -> readTables(data.from(52), inputs, data.u8(10), data.u16(48), data.u16(50), 2);
      case "mAB " -> readCurvesAndTable(data, inputs);
      default -> throw new ProfileException("its lookup table is of unknown type");
    };
  }

  /** lut8Type and lut16Type; L*a*b* in 16 bits has 0xFF00, not 0xFFFF, for L* 100. */
  private static LutStages readTables(
      TagData data, int inputs, int grid, int inputEntries, int outputEntries, int bytesPerNumber)
      throws ProfileException {
    int[] gridPoints = new int[inputs];
    Arrays.fill(gridPoints, grid);
    int inputBytes = inputs * inputEntries * bytesPerNumber;
    ColorLookupTable table =
        new ColorLookupTable(data.from(inputBytes), gridPoints, bytesPerNumber);
    DoubleUnaryOperator[] aCurves = readTables(data, inputs, inputEntries, bytesPerNumber);
    TagData outputTables = data.from(inputBytes + table.numbers() * (long) bytesPerNumber);
    return new LutStages(
        samples(aCurves),
        table,
        curves(OUTPUTS),
        IDENTITY,
        readTables(outputTables, OUTPUTS, outputEntries, bytesPerNumber),
        bytesPerNumber == 1 ? 100 : 65535 / 652.8,
        bytesPerNumber == 1 ? 255 : 65535 / 256.0);
  }

  private static DoubleUnaryOperator[] readTables(
      TagData data, int count, int entries, int bytesPerNumber) throws ProfileException {
    if (entries < 2) {
      throw new ProfileException("one of its curves is too short");
    }
    data.require(0, (long) count * entries * bytesPerNumber);
    DoubleUnaryOperator[] curves = new DoubleUnaryOperator[count];
    for (int c = 0; c < count; c++) {
      double[] points = new double[entries];
      for (int i = 0; i < entries; i++) {
        int number = c * entries + i;
        points[i] = bytesPerNumber == 1 ? data.u8(number) / 255.0 : data.u16(2 * number) / 65535.0;
      }
      curves[c] = ToneCurve.through(points);
    }
    return curves;
  }

  /** lutAToBType; a stage whose offset is 0 is absent. */
  private static LutStages readCurvesAndTable(TagData data, int inputs) throws ProfileException {
    long matrixOffset = data.u32(16);
    long tableOffset = data.u32(24);
    if (tableOffset == 0 && inputs != OUTPUTS) {
      throw new ProfileException("its lookup table is missing");
    }
    return new LutStages(
        samples(readCurves(data, data.u32(28), inputs)),
        tableOffset == 0 ? null : readGrid(data.from(tableOffset), inputs),
        readCurves(data, data.u32(20), OUTPUTS),
        matrixOffset == 0 ? IDENTITY : readMatrix(data.from(matrixOffset)),
        readCurves(data, data.u32(12), OUTPUTS),
        100,
        255);
  }

  private static ColorLookupTable readGrid(TagData data, int inputs) throws ProfileException {
    int[] gridPoints = new int[inputs];
    for (int i = 0; i < inputs; i++) {
      gridPoints[i] = data.u8(i);
    }
    int bytesPerNumber = data.u8(16);
    if (bytesPerNumber != 1 && bytesPerNumber != 2) {
      throw new ProfileException("its lookup table is broken");
    }
    return new ColorLookupTable(data.from(20), gridPoints, bytesPerNumber);
  }

  /** The factors come first in the profile, then the constants. */
  private static double[] readMatrix(TagData data) throws ProfileException {
    double[] matrix = new double[IDENTITY.length];
    for (int row = 0; row < OUTPUTS; row++) {
      for (int column = 0; column < OUTPUTS; column++) {
        matrix[4 * row + column] = data.fixed(4 * (3 * row + column));
      }
      matrix[4 * row + 3] = data.fixed(4 * (9 + row));
    }
    return matrix;
  }

  private static DoubleUnaryOperator[] readCurves(TagData data, long offset, int count)
      throws ProfileException {
    DoubleUnaryOperator[] curves = curves(count);
    if (offset != 0) {
      for (int c = 0; c < count; c++) {
        TagData curve = data.from(offset);
        curves[c] = ToneCurve.read(curve);
        offset += (ToneCurve.byteLength(curve) + 3) & ~3L;
      }
    }
    return curves;
  }

  private static DoubleUnaryOperator[] curves(int count) {
    DoubleUnaryOperator[] curves = new DoubleUnaryOperator[count];
    Arrays.fill(curves, DoubleUnaryOperator.identity());
    return curves;
  }

  private static double[][] samples(DoubleUnaryOperator[] curves) {
    double[][] samples = new double[curves.length][];
    for (int c = 0; c < curves.length; c++) {
      samples[c] = ToneCurve.sample(curves[c]);
    }
    return samples;
  }
}
