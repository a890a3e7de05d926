package dev.miniatura.internal.raster;

/**
 * Chroma at half the resolution of luma in both directions, each sample in the center of 2 × 2
 * pixels. A pixel's center is thus a quarter sample from the nearest chroma center, so the nearest
 * sample has the weight 3/4 and the next one 1/4, in both directions; edges repeat.
 */
public final class HalvedChroma {

  private HalvedChroma() {}

  /**
   * Stores the chroma of a row of pixels, minus 128, in sixteenths.
   *
   * @param near the chroma row nearest to the row of pixels, starting at {@code nearAt}
   * @param far the second nearest row, starting at {@code farAt}
   * @param width samples in a chroma row
   * @param row receives one value per pixel
   */
  public static void interpolate(
      byte[] near, int nearAt, byte[] far, int farAt, int width, int[] row) {
    for (int x = 0; x < row.length; x++) {
      int nearest = x / 2;
      int next = secondNearest(x, width);
      row[x] =
          3 * (3 * (near[nearAt + nearest] & 0xff) + (far[farAt + nearest] & 0xff))
              + 3 * (near[nearAt + next] & 0xff)
              + (far[farAt + next] & 0xff)
              - (128 << 4);
    }
  }

  /**
   * Returns the position of the second nearest chroma sample of a pixel.
   *
   * @param pixel column or row, from 0
   * @param extent extent of the chroma in that direction
   */
  public static int secondNearest(int pixel, int extent) {
    int nearest = pixel >> 1;
    return Math.max(0, Math.min((pixel & 1) == 0 ? nearest - 1 : nearest + 1, extent - 1));
  }
}
