package dev.miniatura.internal.gif;

/**
 * The order of rows in four passes (GIF89a, appendix E): every 8th, then those in between, and so
 * on.
 */
final class Interlacing {

  private Interlacing() {}

  /** Returns the row of the image that is the {@code n}-th in the file. */
  static int row(int n, int height) {
    int second = (height + 7) / 8; // first rows of the passes
    int third = (height + 3) / 4;
    int fourth = (height + 1) / 2;
    if (n < second) {
      return 8 * n;
    }
    if (n < third) {
      return 8 * (n - second) + 4;
    }
    return n < fourth ? 4 * (n - third) + 2 : 2 * (n - fourth) + 1;
  }

  /** Returns the position in the file of a row of the image. */
  static int place(int y, int height) {
    if ((y & 7) == 0) {
      return y / 8;
    }
    if ((y & 3) == 0) {
      return (height + 7) / 8 + y / 8;
    }
    return (y & 1) == 0 ? (height + 3) / 4 + y / 4 : (height + 1) / 2 + y / 2;
  }

  /**
   * Returns the row that is shown in place of a row if only the first rows of the file are
   * available: itself, otherwise the nearest above from an earlier pass; −1 if there is none.
   *
   * @param present how many rows of the file are available
   */
  static int substitute(int y, int height, int present) {
    for (int mask = -1; mask >= -8; mask <<= 1) {
      if (place(y & mask, height) < present) {
        return y & mask;
      }
    }
    return -1;
  }
}
