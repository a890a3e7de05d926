package dev.miniatura.internal.webp;

/** Gives invisible pixels the colors that cost the fewest bits in a lossy picture. */
final class HiddenColors {

  private static final int BLOCK = 16; // a macroblock

  private HiddenColors() {}

  /**
   * Returns a copy in which hidden pixels have the mean of the visible ones in their macroblock or,
   * if there are none, that of the previous macroblock.
   */
  static int[] filled(int[] argb, int width, int height) {
    int[] filled = argb.clone();
    int[] above = new int[(width + BLOCK - 1) / BLOCK];
    for (int top = 0; top < height; top += BLOCK) {
      int before = above[0];
      for (int left = 0; left < width; left += BLOCK) {
        int right = Math.min(width, left + BLOCK);
        int bottom = Math.min(height, top + BLOCK);
        before = fill(filled, width, left, top, right, bottom, before);
        above[left / BLOCK] = before;
      }
    }
    return filled;
  }

  /** Fills a block; returns its mean, or the given color if no pixel is visible. */
  private static int fill(
      int[] argb, int width, int left, int top, int right, int bottom, int usual) {
    int seen = 0;
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int y = top; y < bottom; y++) {
      for (int i = y * width + left; i < y * width + right; i++) {
        if (argb[i] >>> 24 != 0) {
          seen++;
          red += argb[i] >> 16 & 0xff;
          green += argb[i] >> 8 & 0xff;
          blue += argb[i] & 0xff;
        }
      }
    }
    int mean = seen == 0 ? usual : (red / seen) << 16 | (green / seen) << 8 | (blue / seen);
    for (int y = top; seen < (right - left) * (bottom - top) && y < bottom; y++) {
      for (int i = y * width + left; i < y * width + right; i++) {
        argb[i] = argb[i] >>> 24 == 0 ? mean : argb[i];
      }
    }
    return mean;
  }
}
