package dev.miniatura.internal.vp8l;

/** Undoes what was done to a picture before it was coded (RFC 9649, section 3.5), row by row. */
interface Transform {

  /** The two bits that name it. */
  int PREDICTOR = 0;

  int COLOR = 1;
  int SUBTRACT_GREEN = 2;
  int COLOR_INDEXING = 3;

  /**
   * Undoes it for the next row.
   *
   * @param row pixels from index 0; it may be changed and returned
   * @return the row as it was before the transform
   */
  int[] undo(int y, int[] row);
}
