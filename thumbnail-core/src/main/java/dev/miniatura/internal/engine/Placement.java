package dev.miniatura.internal.engine;

import dev.miniatura.ThumbnailSpec;

/**
 * The geometry of a thumbnail: which part of the picture (the window, in displayed pixels), at what
 * size, and where on the canvas. Canvas and size differ only when padding.
 */
record Placement(
    double windowX,
    double windowY,
    double windowWidth,
    double windowHeight,
    int width,
    int height,
    int canvasWidth,
    int canvasHeight,
    int left,
    int top) {

  /** Places a picture of the given displayed size, in pixels, according to the spec. */
  static Placement of(ThumbnailSpec spec, int pictureWidth, int pictureHeight) {
    return switch (spec.fit()) {
      case FIT -> {
        double scale = insideScale(spec, pictureWidth, pictureHeight);
        yield whole(
            pictureWidth, pictureHeight, side(pictureWidth * scale), side(pictureHeight * scale));
      }
      case STRETCH ->
          whole(
              pictureWidth, pictureHeight, spec.width().orElseThrow(), spec.height().orElseThrow());
      case PAD -> pad(spec, pictureWidth, pictureHeight);
      case COVER -> cover(spec, pictureWidth, pictureHeight);
    };
  }

  private static double insideScale(ThumbnailSpec spec, int pictureWidth, int pictureHeight) {
    double scale = Double.MAX_VALUE;
    if (spec.width().isPresent()) {
      scale = (double) spec.width().getAsInt() / pictureWidth;
    }
    if (spec.height().isPresent()) {
      scale = Math.min(scale, (double) spec.height().getAsInt() / pictureHeight);
    }
    return spec.enlarge() ? scale : Math.min(1, scale);
  }

  private static Placement whole(int pictureWidth, int pictureHeight, int width, int height) {
    return new Placement(0, 0, pictureWidth, pictureHeight, width, height, width, height, 0, 0);
  }

  private static Placement pad(ThumbnailSpec spec, int pictureWidth, int pictureHeight) {
    double scale = insideScale(spec, pictureWidth, pictureHeight);
    int width = side(pictureWidth * scale);
    int height = side(pictureHeight * scale);
    int canvasWidth = spec.width().orElseThrow();
    int canvasHeight = spec.height().orElseThrow();
    return new Placement(
        0,
        0,
        pictureWidth,
        pictureHeight,
        width,
        height,
        canvasWidth,
        canvasHeight,
        (int) Math.round((canvasWidth - width) * spec.gravity().x()),
        (int) Math.round((canvasHeight - height) * spec.gravity().y()));
  }

  /**
   * Fills the box. A box that the picture cannot fill without being enlarged shrinks, keeping its
   * aspect ratio.
   */
  private static Placement cover(ThumbnailSpec spec, int pictureWidth, int pictureHeight) {
    double boxWidth = spec.width().orElseThrow();
    double boxHeight = spec.height().orElseThrow();
    double scale = Math.max(boxWidth / pictureWidth, boxHeight / pictureHeight);
    if (scale > 1 && !spec.enlarge()) {
      boxWidth /= scale;
      boxHeight /= scale;
      scale = 1;
    }
    double windowWidth = Math.min(pictureWidth, boxWidth / scale);
    double windowHeight = Math.min(pictureHeight, boxHeight / scale);
    int width = side(boxWidth);
    int height = side(boxHeight);
    return new Placement(
        (pictureWidth - windowWidth) * spec.gravity().x(),
        (pictureHeight - windowHeight) * spec.gravity().y(),
        windowWidth,
        windowHeight,
        width,
        height,
        width,
        height,
        0,
        0);
  }

  private static int side(double exact) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(exact)));
  }

  boolean isPadded() {
    return canvasWidth != width || canvasHeight != height;
  }
}
