package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.raster.ColorKind;

/**
 * Chooses how many samples each block of a component yields: as few as the resampler can make the
 * target from without a visible loss.
 *
 * <p>Samples of a reduced block contain some aliasing, which resampling by {@value #FULL_MARGIN} or
 * more hides. Chroma that is already subsampled has less detail than the eye sees in luma, but
 * needs slightly more samples than the target: at a ratio of 1.02 chroma lost 2.5 dB, at 1.05
 * almost nothing.
 */
final class ShrinkOnLoad {

  private static final double FULL_MARGIN = 1.3;
  private static final double SUBSAMPLED_MARGIN = 1.03;

  private ShrinkOnLoad() {}

  /** Returns the next idctSize after one below 8; there is no transform to 7 samples. */
  static int larger(int idctSize) {
    return idctSize == 6 ? 8 : idctSize + 1;
  }

  /**
   * Returns the idctSize of a component for a target in pixels.
   *
   * @param color the color whose channels are delivered; a component beyond them is reduced as far
   *     as possible
   * @param chromaHalved whether half of the target's size is enough for chroma
   */
  static int choose(
      FrameHeader frame,
      FrameComponent component,
      ColorKind color,
      double targetWidth,
      double targetHeight,
      boolean chromaHalved) {
    if (component.index() >= color.channels()) {
      return 1;
    }
    boolean half = chromaHalved && color == ColorKind.YCBCR && component.index() > 0;
    double share = half ? 0.5 : 1;
    return choose(frame, component, share * targetWidth, share * targetHeight);
  }

  private static int choose(
      FrameHeader frame, FrameComponent component, double targetWidth, double targetHeight) {
    boolean full = component.h() == frame.hMax() && component.v() == frame.vMax();
    double margin = full ? FULL_MARGIN : SUBSAMPLED_MARGIN;
    double blocksX = (double) frame.width() * component.h() / (8 * frame.hMax());
    double blocksY = (double) frame.height() * component.v() / (8 * frame.vMax());
    int size = 1;
    while (size < 8
        && (blocksX * size < margin * targetWidth || blocksY * size < margin * targetHeight)) {
      size = larger(size);
    }
    return size;
  }
}
