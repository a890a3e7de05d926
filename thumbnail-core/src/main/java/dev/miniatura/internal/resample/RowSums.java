package dev.miniatura.internal.resample;

/** Means over boxes: adds rows up, sample by sample, and then the columns of each box. */
interface RowSums {

  /** Adds one row of samples, interleaved as the plane has them. */
  void add(byte[] samples, int offset);

  /**
   * Writes the means of the boxes that {@code rows} rows were added for, as values, and starts
   * again from zero. Each channel's run comes after the other's.
   */
  void means(int rows, int[] values);

  /** Turns one row into values in the same order, for boxes of one sample. */
  void convert(byte[] samples, int offset, int[] values);

  /**
   * Returns how many runs a row of values is split into. With p of them, boxes 0, p, 2p, … come
   * first, then boxes 1, p + 1, 2p + 1, … and so on; all runs have the same length, so that the
   * last may be padded.
   */
  int parts();
}
