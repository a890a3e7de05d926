package dev.miniatura.internal.jpeg.decode;

/**
 * An inverse DCT of one size, for the {@value IdctBatch#BLOCKS} blocks of a batch at a time. It
 * holds the samples of the most recently transformed batch.
 */
interface Idct {

  /** Returns the transform to 1 to 6, or 8 samples per side. */
  static Idct of(int idctSize) {
    return switch (idctSize) {
      case 1 -> new Idct1();
      case 2 -> new Idct2();
      case 4 -> new Idct4();
      case 3 -> new Idct3();
      case 5 -> new Idct5();
      case 6 -> new Idct6();
      default -> new Idct8();
    };
  }

  /**
   * Turns coefficients into samples, level-shifted and clamped to 0..255.
   *
   * @param lanes see {@link IdctBatch}; may be overwritten
   */
  void transform(int[] lanes);

  /** Writes row {@code y} of the samples of the first {@code count} blocks, side by side. */
  void storeRow(int y, int count, byte[] out, int at);

  /**
   * Writes one row of the last of several blocks. The blocks before it may write eight bytes each,
   * as the next block overwrites the excess.
   */
  static void storeLast(int left, int right, int size, byte[] out, int at) {
    for (int x = 0; x < size; x++) {
      out[at + x] = (byte) ((x < 4 ? left : right) >> (24 - 8 * (x & 3)));
    }
  }

  /**
   * Turns columns into rows: result n of a pass, for element (u, b), becomes coefficient u of
   * element (n, b). So the same pass serves rows and columns.
   */
  static void transpose(int[][] results, int[] lanes) {
    int size = results.length;
    int row = size * IdctBatch.BLOCKS;
    for (int n = 0; n < size; n++) {
      for (int u = 0; u < size; u++) {
        System.arraycopy(
            results[n],
            u * IdctBatch.BLOCKS,
            lanes,
            u * row + n * IdctBatch.BLOCKS,
            IdctBatch.BLOCKS);
      }
    }
  }
}
