package dev.miniatura.internal.engine;

import dev.miniatura.Kernel;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.output.Encoder;
import dev.miniatura.internal.output.Encoders;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.resample.ResampleTarget;

/**
 * One thumbnail to be made of a source: the spec, worked out for the source's size, orientation and
 * kind.
 *
 * @param spec what was asked for
 * @param format the format it will be written in
 * @param encoder what will write it
 * @param orientation how the stored picture is turned to be displayed
 * @param placement the geometry, in the picture as displayed
 * @param sampling what the resampler makes, in the picture as stored; equal for thumbnails that can
 *     share one resampling
 */
record Rendering(
    ThumbnailSpec spec,
    OutputFormat format,
    Encoder encoder,
    Orientation orientation,
    Placement placement,
    Sampling sampling) {

  /** A distinct resampling of the stored picture. */
  record Sampling(ResampleTarget target, Kernel kernel, boolean linearLight) {

    /** Returns whether light is averaged. Inks are areas of paper: their mean is that of light. */
    boolean averagesLight(ColorKind color) {
      return linearLight && color != ColorKind.CMYK && color != ColorKind.YCCK;
    }
  }

  /** Works out one thumbnail. */
  static Rendering of(ThumbnailSpec spec, ImageHeader header) {
    Encoder encoder = spec.format().map(Encoders::of).orElseGet(() -> Encoders.of(header));
    OutputFormat format = spec.format().orElseGet(() -> OutputFormat.named(encoder.name()));
    Orientation orientation = Orientation.of(spec.useOrientation() ? header.orientation() : 1);
    boolean swap = orientation.transposed();
    Placement placement =
        Placement.of(
            spec, swap ? header.height() : header.width(), swap ? header.width() : header.height());
    ResampleTarget target = inStored(placement, orientation, header, halvesChroma(spec, encoder));
    return new Rendering(
        spec,
        format,
        encoder,
        orientation,
        placement,
        new Sampling(target, spec.kernel(), spec.linearLight()));
  }

  /** Chroma can go from decoder to a 4:2:0 file at half resolution if nothing touches pixels. */
  private static boolean halvesChroma(ThumbnailSpec spec, Encoder encoder) {
    return encoder.takesYCbCr(spec)
        && encoder.halvesChroma(spec)
        && spec.fit() != ThumbnailSpec.Fit.PAD
        && spec.filters().isEmpty();
  }

  /**
   * Turns the geometry back from the displayed to the stored picture. Chroma pairs are counted from
   * the displayed top left; where the stored picture is flipped and odd, its first pair is cut.
   */
  private static ResampleTarget inStored(
      Placement placed, Orientation orientation, ImageHeader header, boolean halveChroma) {
    boolean swap = orientation.transposed();
    double x = swap ? placed.windowY() : placed.windowX();
    double y = swap ? placed.windowX() : placed.windowY();
    double windowWidth = swap ? placed.windowHeight() : placed.windowWidth();
    double windowHeight = swap ? placed.windowWidth() : placed.windowHeight();
    int width = swap ? placed.height() : placed.width();
    int height = swap ? placed.width() : placed.height();
    return new ResampleTarget(
        orientation.flipColumns() ? header.width() - (x + windowWidth) : x,
        orientation.flipRows() ? header.height() - (y + windowHeight) : y,
        windowWidth,
        windowHeight,
        width,
        height,
        halveChroma,
        orientation.flipColumns() ? width & 1 : 0,
        orientation.flipRows() ? height & 1 : 0);
  }

  /** Returns the width in pixels to which this resampling brings the whole stored picture. */
  double wholeWidth(ImageHeader header) {
    return sampling.target().width() * (header.width() / sampling.target().windowWidth());
  }

  /** Returns the height in pixels to which this resampling brings the whole stored picture. */
  double wholeHeight(ImageHeader header) {
    return sampling.target().height() * (header.height() / sampling.target().windowHeight());
  }
}
