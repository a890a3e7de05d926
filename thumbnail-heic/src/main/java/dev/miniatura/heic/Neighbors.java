package dev.miniatura.heic;

/**
 * Determines which blocks around the current one are available for prediction (H.265, 6.4.1). All
 * blocks are intra, and slices and tiles consist of whole coding tree blocks; within one, the
 * decoding order is the z-order of the samples.
 */
final class Neighbors {

  private final Picture picture;
  private final int log2Ctb;
  private final int ctbMask;
  private int ctbX;
  private int ctbY;
  private boolean left;
  private boolean above;
  private boolean aboveLeft;
  private boolean aboveRight;

  Neighbors(Picture picture) {
    this.picture = picture;
    log2Ctb = picture.sps.log2Ctb;
    ctbMask = (1 << log2Ctb) - 1;
  }

  void startCtb(SliceHeader slice, int x, int y) {
    ctbX = x;
    ctbY = y;
    left = picture.available(slice, x, y, x - 1, y);
    above = picture.available(slice, x, y, x, y - 1);
    aboveLeft = picture.available(slice, x, y, x - 1, y - 1);
    aboveRight = picture.available(slice, x, y, x + 1, y - 1);
  }

  /** Returns whether the samples to the left of a column of this CTB are available. */
  boolean leftAvailable(int x) {
    return (x & ctbMask) != 0 || left;
  }

  /** Returns whether the samples above a row of this CTB are available. */
  boolean aboveAvailable(int y) {
    return (y & ctbMask) != 0 || above;
  }

  /** Returns whether the luma sample (x, y) is decoded before the block at (currentX, currentY). */
  boolean available(int currentX, int currentY, int x, int y) {
    if (x < 0 || y < 0 || x >= picture.sps.width || y >= picture.sps.height) {
      return false;
    }
    int dx = (x >> log2Ctb) - ctbX;
    int dy = (y >> log2Ctb) - ctbY;
    if (dy == 0) {
      return dx == 0
          ? zOrder(x & ctbMask, y & ctbMask) < zOrder(currentX & ctbMask, currentY & ctbMask)
          : dx < 0 && left;
    }
    return dy < 0 && (dx == 0 ? above : dx < 0 ? aboveLeft : aboveRight);
  }

  private static int zOrder(int x, int y) {
    return spread(x) | spread(y) << 1;
  }

  /** Moves bit i to bit 2i, for six bits. */
  private static int spread(int value) {
    int v = (value | value << 4) & 0x30f;
    v = (v | v << 2) & 0x333;
    return (v | v << 1) & 0x555;
  }
}
