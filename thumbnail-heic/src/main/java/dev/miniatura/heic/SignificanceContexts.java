package dev.miniatura.heic;

/**
 * Contexts of {@code sig_coeff_flag} (H.265, 9.3.4.2.5), by position in the scan of a sub-block.
 */
final class SignificanceContexts {

  /** The contexts if all positions share one. */
  static final byte[] SINGLE = new byte[16];

  /** ctxIdxMap of blocks of 4 × 4 (Table 9-50), row by row. */
  private static final byte[] SMALLEST = {0, 1, 4, 5, 2, 3, 4, 5, 6, 6, 8, 8, 7, 7, 8, 8};

  /** sigCtx within a sub-block by prevCsbf and position (9-42 to 9-46), row by row. */
  private static final byte[][] LARGER = {
    {2, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0},
    {2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0},
    {2, 1, 0, 0, 2, 1, 0, 0, 2, 1, 0, 0, 2, 1, 0, 0},
    {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}
  };

  private static final byte[][] SMALLEST_SCANNED = new byte[3][];
  private static final byte[][][] LARGER_SCANNED = new byte[3][4][];

  static {
    for (int scan = 0; scan < 3; scan++) {
      SMALLEST_SCANNED[scan] = scanned(SMALLEST, scan);
      for (int i = 0; i < 4; i++) {
        LARGER_SCANNED[scan][i] = scanned(LARGER[i], scan);
      }
    }
  }

  private SignificanceContexts() {}

  private static byte[] scanned(byte[] contexts, int scan) {
    byte[] positions = Scan.positions(scan, 2);
    byte[] scanned = new byte[16];
    for (int i = 0; i < 16; i++) {
      scanned[i] = contexts[positions[i]];
    }
    return scanned;
  }

  /**
   * Returns the contexts, relative to {@link #base}.
   *
   * @param log2 log2 of the transform block's side
   * @param coded the coded neighboring sub-blocks: 1 the right one, 2 the one below
   */
  static byte[] of(int log2, int scan, int coded) {
    return log2 == 2 ? SMALLEST_SCANNED[scan] : LARGER_SCANNED[scan][coded];
  }

  /** Returns the first context of a block, or of its sub-blocks except the first one. */
  static int base(int log2, int component, int scan, boolean laterSubBlock) {
    if (log2 == 2) {
      return component == 0 ? 0 : 27;
    }
    if (component > 0) {
      return log2 == 3 ? 27 + 9 : 27 + 12;
    }
    int base = log2 == 3 ? (scan == Scan.DIAGONAL ? 9 : 15) : 21;
    return laterSubBlock ? base + 3 : base;
  }
}
