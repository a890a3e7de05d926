package dev.miniatura.internal.av1;

/** Quantizers by index (clause 7.12.2) and the matrices that weight them (clause 7.12.3). */
final class Quantizers {

  /** The level of {@code qm_y} and others that means no matrix. */
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
    return ((bitDepth - 8) >> 1) * 256 + Math.max(0, Math.min(255, index));
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
   * Returns a matrix, in the order of coefficients, as unsigned bytes.
   *
   * @param level 0 to 14
   * @param planeType 0 for luma, 1 for chroma
   */
  static byte[] matrix(int level, int planeType, int txSize) {
    int width = Math.min(Blocks.TX_WIDTH_LOG2[txSize], 5);
    int height = Math.min(Blocks.TX_HEIGHT_LOG2[txSize], 5);
    return QuantizerMatrices.of(level, planeType)[width << 3 | height];
  }
}
