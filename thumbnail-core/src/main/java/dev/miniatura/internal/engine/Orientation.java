package dev.miniatura.internal.engine;

import dev.miniatura.internal.raster.Raster;

/**
 * One of the eight EXIF orientations (EXIF 2.32, tag 0x0112), decomposed: the stored picture is
 * flipped in its columns, its rows, or both, and then transposed. A displayed pixel (x, y) is the
 * stored pixel (u, v), with u and v swapped if transposed, and counted from the other end if
 * flipped.
 */
record Orientation(boolean transposed, boolean flipColumns, boolean flipRows) {

  /** Returns the orientation for an EXIF value, 1 to 8. */
  static Orientation of(int exif) {
    return new Orientation(
        exif >= 5,
        exif == 2 || exif == 3 || exif == 7 || exif == 8,
        exif == 3 || exif == 4 || exif == 6 || exif == 7);
  }

  boolean isIdentity() {
    return !transposed && !flipColumns && !flipRows;
  }

  /** Returns the picture as displayed. */
  Raster apply(Raster stored) {
    if (isIdentity()) {
      return stored;
    }
    int width = transposed ? stored.height() : stored.width();
    int height = transposed ? stored.width() : stored.height();
    Raster displayed = stored.ofSize(width, height);
    for (int c = 0; c < stored.channelCount(); c++) {
      apply(stored.channel(c), stored.width(c), stored.height(c), displayed.channel(c));
      if (stored.hasRemainders()) {
        apply(stored.remainder(c), stored.width(c), stored.height(c), displayed.remainder(c));
      }
    }
    return displayed;
  }

  private void apply(byte[] from, int width, int height, byte[] to) {
    int stepU = flipColumns ? -1 : 1;
    int stepV = flipRows ? -width : width;
    int start = (flipColumns ? width - 1 : 0) + (flipRows ? (height - 1) * width : 0);
    int stepX = transposed ? stepV : stepU;
    int stepY = transposed ? stepU : stepV;
    int columns = transposed ? height : width;
    int rows = transposed ? width : height;
    int at = 0;
    for (int y = 0; y < rows; y++) {
      int source = start + y * stepY;
      for (int x = 0; x < columns; x++) {
        to[at++] = from[source];
        source += stepX;
      }
    }
  }
}
