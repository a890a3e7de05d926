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
 * One thumbnail to be made from a source: the spec, worked out for the source's size, orientation
 * and kind.
 *
 * @param spec the requested spec
 * @param format the output format
 * @param encoder the encoder
 * @param orientation how the stored picture is oriented for display
 * @param placement the geometry, in the displayed picture
 * @param sampling the resampling of the stored picture; equal for thumbnails that can share one
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

    /** The one that records have by default takes milliseconds when it is first used. */
    @Override
    public int hashCode() {
      return 31 * target.hashCode() + kernel.hashCode();
    }

    /**
     * Returns whether light is averaged. Inks are areas of paper: their mean is already that of
     * light.
     */
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

  /**
   * Returns whether chroma can go from the decoder to a 4:2:0 file at half resolution, which
   * requires that nothing changes pixels in between.
   */
  private static boolean halvesChroma(ThumbnailSpec spec, Encoder encoder) {
    return encoder.takesYCbCr(spec)
        && encoder.halvesChroma(spec)
        && spec.fit() != ThumbnailSpec.Fit.PAD
        && spec.filters().isEmpty();
  }

  /**
   * Converts the geometry from the displayed to the stored picture. Chroma pairs are counted from
   * the displayed top left; if the stored picture is flipped and its size odd, its first pair is
   * cut.
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

  /** Returns the maximum size of the file in bytes, without a profile. */
  long fileBytes() {
    return encoder.fileBytes(placement.canvasWidth(), placement.canvasHeight(), spec);
  }

  /** Returns the width in pixels that the whole stored picture would have after this resampling. */
  double wholeWidth(ImageHeader header) {
    return sampling.target().width() * (header.width() / sampling.target().windowWidth());
  }

  /**
   * Returns the height in pixels that the whole stored picture would have after this resampling.
   */
  double wholeHeight(ImageHeader header) {
    return sampling.target().height() * (header.height() / sampling.target().windowHeight());
  }
}
