package dev.miniatura.internal.heif;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;

/**
 * The position of displayed pixels in the coded picture, after any sequence of {@code clap}, {@code
 * irot} and {@code imir} (ISO/IEC 23008-12, clauses 6.5.9 to 6.5.12). The pixel (x, y) is the coded
 * pixel (ux x + uy y + u0, vx x + vy y + v0).
 *
 * @param width width of the displayed picture
 * @param height height of the displayed picture
 */
record Placement(int width, int height, int ux, int uy, int u0, int vx, int vy, int v0) {

  /** Returns the placement of a picture that is shown as coded. */
  static Placement whole(int width, int height) {
    return new Placement(width, height, 1, 0, 0, 0, 1, 0);
  }

  /** Rotates the picture counterclockwise by a number of quarter turns. */
  Placement rotated(int quarters) {
    Placement turned = this;
    for (int i = 0; i < (quarters & 3); i++) {
      // The right column becomes the top row: (x, y) was (width - 1 - y, x).
      turned = turned.from(turned.height, turned.width, 0, -1, turned.width - 1, 1, 0, 0);
    }
    return turned;
  }

  /** Exchanges top and bottom. */
  Placement flippedRows() {
    return from(width, height, 1, 0, 0, 0, -1, height - 1);
  }

  /** Exchanges left and right. */
  Placement flippedColumns() {
    return from(width, height, -1, 0, width - 1, 0, 1, 0);
  }

  /** Crops to a rectangle, which may extend beyond the picture; only the part within is kept. */
  Placement cropped(long left, long top, long cropWidth, long cropHeight)
      throws MalformedImageException {
    long x = Math.max(0, left);
    long y = Math.max(0, top);
    long right = Math.min(width, left + cropWidth);
    long bottom = Math.min(height, top + cropHeight);
    if (x >= right || y >= bottom) {
      throw Container.HEIF.malformed(-1, "clap leaves nothing of the picture");
    }
    return from((int) (right - x), (int) (bottom - y), 1, 0, (int) x, 0, 1, (int) y);
  }

  /** Returns the same visible part of a picture coded in another size, as coded. */
  Placement scaled(int fromWidth, int fromHeight, int toWidth, int toHeight)
      throws MalformedImageException {
    double x = toWidth / (double) fromWidth;
    double y = toHeight / (double) fromHeight;
    return whole(toWidth, toHeight)
        .cropped(
            (long) (left() * x),
            (long) (top() * y),
            Math.max(1, Math.round(codedWidth() * x)),
            Math.max(1, Math.round(codedHeight() * y)));
  }

  /**
   * Returns the placement of a picture whose pixel (x, y) is the pixel (ax x + ay y + a0, …) of
   * this one.
   */
  private Placement from(
      int newWidth, int newHeight, int ax, int ay, int a0, int bx, int by, int b0) {
    return new Placement(
        newWidth,
        newHeight,
        ux * ax + uy * bx,
        ux * ay + uy * by,
        ux * a0 + uy * b0 + u0,
        vx * ax + vy * bx,
        vx * ay + vy * by,
        vx * a0 + vy * b0 + v0);
  }

  private boolean transposed() {
    return ux == 0;
  }

  /** Returns the left edge of the visible part in the coded picture. */
  int left() {
    return Math.min(u0, ux * (width - 1) + uy * (height - 1) + u0);
  }

  /** Returns the top edge of the visible part in the coded picture. */
  int top() {
    return Math.min(v0, vx * (width - 1) + vy * (height - 1) + v0);
  }

  /** Returns the width of the visible part in the coded picture. */
  int codedWidth() {
    return transposed() ? height : width;
  }

  /** Returns the height of the visible part in the coded picture. */
  int codedHeight() {
    return transposed() ? width : height;
  }

  /** Returns the orientation of the visible part, as an EXIF orientation, 1 to 8. */
  int orientation() {
    boolean flipColumns = ux + uy < 0;
    boolean flipRows = vx + vy < 0;
    if (transposed()) {
      return flipColumns ? (flipRows ? 7 : 8) : flipRows ? 6 : 5;
    }
    return flipColumns ? (flipRows ? 3 : 2) : flipRows ? 4 : 1;
  }
}
