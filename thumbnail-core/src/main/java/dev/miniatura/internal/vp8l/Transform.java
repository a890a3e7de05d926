package dev.miniatura.internal.vp8l;

/**
 * Undoes a transform that was applied to a picture before coding (RFC 9649, section 3.5), row by
 * row.
 */
interface Transform {

  /** The two bits that identify a transform. */
  int PREDICTOR = 0;

  int COLOR = 1;
  int SUBTRACT_GREEN = 2;
  int COLOR_INDEXING = 3;

  /**
   * Undoes the transform for the next row.
   *
   * @param row pixels from index 0; it may be changed and returned
   * @return the row as it was before the transform
   */
  int[] undo(int y, int[] row);
}
