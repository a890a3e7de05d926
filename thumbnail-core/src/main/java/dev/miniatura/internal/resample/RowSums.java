package dev.miniatura.internal.resample;

/** Means over boxes: adds up rows, sample by sample, and then the columns of each box. */
interface RowSums {

  /** Adds one row of samples, interleaved as in the plane. */
  void add(byte[] samples, int offset);

  /**
   * Writes the means of boxes of {@code rows} rows as values, one run per channel, and starts again
   * from zero.
   */
  void means(int rows, int[] values);

  /** Converts one row to values in the same order, for boxes of one sample. */
  void convert(byte[] samples, int offset, int[] values);

  /**
   * Returns how many runs a row of values is split into. With p of them, boxes 0, p, 2p, … come
   * first, then boxes 1, p + 1, 2p + 1, … and so on; all runs have the same length, so the last one
   * may be padded.
   */
  int parts();
}
