package dev.miniatura.internal.resample;

import dev.miniatura.internal.raster.RasterLayout;

/**
 * Which part of the stored image becomes how many pixels, before orientation is applied.
 *
 * @param x left side of the window in pixels of the stored image; sides may be fractional
 * @param y top side of the window
 * @param windowWidth width of the window
 * @param windowHeight height of the window
 * @param width width of the result in pixels
 * @param height height of the result in pixels
 * @param halveChroma whether the two chroma channels of a YCbCr image become half the result's
 *     width and height, rounded up
 * @param chromaPhaseX with {@code halveChroma}, 0 if the first chroma sample of a row covers luma
 *     columns 0 and 1, or 1 if it covers column 0 and the one before, as needed if an odd width is
 *     mirrored afterwards
 * @param chromaPhaseY the same for rows
 */
public record ResampleTarget(
    double x,
    double y,
    double windowWidth,
    double windowHeight,
    int width,
    int height,
    boolean halveChroma,
    int chromaPhaseX,
    int chromaPhaseY) {

  /** Checks everything that can be checked without the image. */
  public ResampleTarget {
    if (!(windowWidth > 0 && windowHeight > 0) || width <= 0 || height <= 0) {
      throw new IllegalArgumentException("window and result must not be empty");
    }
    if ((chromaPhaseX & ~1) != 0 || (chromaPhaseY & ~1) != 0) {
      throw new IllegalArgumentException("a chroma phase is 0 or 1");
    }
  }

  /** The one that records have by default takes milliseconds when it is first used. */
  @Override
  public int hashCode() {
    int window = 31 * Double.hashCode(x) + Double.hashCode(y);
    return 31 * (31 * window + Double.hashCode(windowWidth)) + 31 * width + height;
  }

  /** Returns the target that shows a whole image with all channels at full resolution. */
  public static ResampleTarget whole(RasterLayout layout, int width, int height) {
    return new ResampleTarget(0, 0, layout.width(), layout.height(), width, height, false, 0, 0);
  }

  /** Returns a copy with every channel at the result's resolution. */
  public ResampleTarget withFullChroma() {
    return new ResampleTarget(x, y, windowWidth, windowHeight, width, height, false, 0, 0);
  }
}
