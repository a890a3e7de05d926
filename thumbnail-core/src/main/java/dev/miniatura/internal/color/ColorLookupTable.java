package dev.miniatura.internal.color;

/**
 * A multi-dimensional table from device components to three numbers, all in [0, 1] (the CLUT of
 * ICC.1:2022, sections 10.10 to 10.12).
 *
 * <p>Between its nodes it interpolates within the simplex around the point, tetrahedral in three
 * dimensions (Kasson, Nin, Plouffe, Hafner: "Performing color space conversions with
 * three-dimensional linear interpolation", 1995): from the cell's lowest node, one step along each
 * axis in the order of falling fractions. Unlike multilinear interpolation, it keeps a gray axis
 * gray, and it reads n + 1 nodes instead of 2ⁿ.
 */
final class ColorLookupTable {

  static final int OUTPUTS = 3;

  private static final int MAX_INPUTS = 4;

  /**
   * The maximum size: 65 nodes on three axes or 24 on four; profiles of real printers have 9 to 17.
   */
  private static final int MAX_NUMBERS = 1 << 20;

  private final int[] gridPoints;
  private final int[] strides;
  private final float[] nodes;

  /**
   * Reads a table whose first input varies least rapidly.
   *
   * @param data begins with the first node
   * @param bytesPerNumber 1 or 2
   */
  ColorLookupTable(TagData data, int[] gridPoints, int bytesPerNumber) throws ProfileException {
    this.gridPoints = gridPoints;
    strides = new int[gridPoints.length];
    long numbers = OUTPUTS;
    for (int i = gridPoints.length - 1; i >= 0; i--) {
      if (gridPoints[i] < 2) {
        throw new ProfileException("its lookup table is broken");
      }
      strides[i] = (int) numbers;
      numbers *= gridPoints[i];
      data.require(0, numbers * bytesPerNumber);
      if (numbers > MAX_NUMBERS) {
        throw new ProfileException("its lookup table is too large");
      }
    }
    nodes = new float[(int) numbers];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = bytesPerNumber == 1 ? data.u8(i) / 255f : data.u16(2 * i) / 65535f;
    }
  }

  /** Returns how many numbers the table has in the profile. */
  int numbers() {
    return nodes.length;
  }

  /**
   * Replaces the first numbers of {@code color}, the inputs, by the three outputs.
   *
   * @param color at least as long as both; inputs in [0, 1]
   */
  void apply(double[] color) {
    double[] fractions = new double[MAX_INPUTS];
    int[] steps = new int[MAX_INPUTS];
    int node = 0;
    for (int i = 0; i < gridPoints.length; i++) {
      double position = color[i] * (gridPoints[i] - 1);
      int cell = Math.min((int) position, gridPoints[i] - 2);
      node += cell * strides[i];
      double fraction = position - cell;
      int at = i;
      for (; at > 0 && fractions[at - 1] < fraction; at--) {
        fractions[at] = fractions[at - 1];
        steps[at] = steps[at - 1];
      }
      fractions[at] = fraction;
      steps[at] = strides[i];
    }
    double before = 1;
    color[0] = 0;
    color[1] = 0;
    color[2] = 0;
    for (int i = 0; i <= gridPoints.length; i++) {
      double after = i < gridPoints.length ? fractions[i] : 0;
      double weight = before - after;
      for (int output = 0; output < OUTPUTS; output++) {
        color[output] += weight * nodes[node + output];
      }
      if (i < gridPoints.length) {
        node += steps[i];
      }
      before = after;
    }
  }
}
