package dev.miniatura.internal.resample;

/** The vertical half of the box means: adds rows up, sample by sample. */
interface RowSums {

  /** Adds one row of samples, interleaved as the plane has them. */
  void add(byte[] samples, int offset);

  /** Writes the sums, interleaved in the same order, and starts again from zero. */
  void drain(int[] sums);

  /** Returns what a sum gains for each sample of 255 added. */
  int white();
}
