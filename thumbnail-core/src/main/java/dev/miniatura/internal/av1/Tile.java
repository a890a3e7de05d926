package dev.miniatura.internal.av1;

/** The rectangle of a tile, in units of 4 luma samples; the ends are exclusive. */
record Tile(int miRowStart, int miRowEnd, int miColStart, int miColEnd) {

  /** Returns is_inside( ). */
  boolean contains(int row, int col) {
    return col >= miColStart && col < miColEnd && row >= miRowStart && row < miRowEnd;
  }
}
