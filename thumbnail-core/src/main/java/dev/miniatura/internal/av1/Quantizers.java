package dev.miniatura.internal.av1;

import org.jspecify.annotations.Nullable;

/** Quantizers by index (clause 7.12.2) and the matrices that weight them (clause 7.12.3). */
final class Quantizers {

  /** Level of {@code qm_y} and others that stands for no matrix. */
  static final int NO_MATRIX = 15;

  private static final int[] DC;
  private static final int[] AC;

  static {
    TableReader in = new TableReader("quantizer.txt");
    DC = in.next("Dc_Qlookup", 768);
    AC = in.next("Ac_Qlookup", 768);
  }

  private Quantizers() {}

  private static int index(int bitDepth, int index) {
    return (bitDepth - 8 >> 1) * 256 + Math.max(0, Math.min(255, index));
  }

  /** Returns dc_q( ). */
  static int dc(int bitDepth, int index) {
    return DC[index(bitDepth, index)];
  }

  /** Returns ac_q( ). */
  static int ac(int bitDepth, int index) {
    return AC[index(bitDepth, index)];
  }

  /**
   * Returns a matrix, in the order of coefficients.
   *
   * @param level 0 to 14
   * @param planeType 0 for luma, 1 for chroma
   */
  static byte[] matrix(int level, int planeType, int txSize) {
    int width = Math.min(Blocks.TX_WIDTH_LOG2[txSize], 5);
    int height = Math.min(Blocks.TX_HEIGHT_LOG2[txSize], 5);
    @Nullable byte[] matrix = Matrices.ALL[level * 2 + planeType][width << 3 | height];
    return matrix;
  }

  /** Loaded with the first frame that uses them. */
  private static final class Matrices {

    static final byte[][][] ALL = load();

    private static final int[][] TALL = {{2, 3}, {3, 4}, {4, 5}, {2, 4}, {3, 5}};

    private static byte[][][] load() {
      byte[][][] all = new byte[30][64][0];
      TableReader in = new TableReader("matrices.txt");
      for (int i = 0; i < 30; i++) {
        String prefix = (i >> 1) + "_" + (i & 1) + "_";
        for (int log2 = 2; log2 <= 5; log2++) {
          int side = 1 << log2;
          int[] values = in.next(prefix + side + "x" + side, side * (side + 1) / 2);
          all[i][log2 << 3 | log2] = symmetric(values, side);
        }
        for (int[] sides : new int[][] {{2, 3}, {3, 4}, {4, 5}, {2, 4}, {3, 5}}) {
          int width = 1 << sides[0];
          int height = 1 << sides[1];
          int[] values = in.next(prefix + width + "x" + height, width * height);
          byte[] tall = new byte[values.length];
          byte[] wide = new byte[values.length];
          for (int k = 0; k < values.length; k++) {
            tall[k] = (byte) values[k];
            wide[k % width * height + k / width] = (byte) values[k];
          }
          all[i][sides[0] << 3 | sides[1]] = tall;
          all[i][sides[1] << 3 | sides[0]] = wide;
        }
      }
      return all;
    }

    private static byte[] symmetric(int[] triangle, int side) {
      byte[] matrix = new byte[side * side];
      int index = 0;
      for (int row = 0; row < side; row++) {
        for (int column = 0; column <= row; column++) {
          byte value = (byte) triangle[index++];
          matrix[row * side + column] = value;
          matrix[column * side + row] = value;
        }
      }
      return matrix;
    }
  }
}
