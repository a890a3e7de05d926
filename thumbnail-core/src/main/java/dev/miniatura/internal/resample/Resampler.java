package dev.miniatura.internal.resample;

import dev.miniatura.Kernel;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.util.List;

/**
 * Resamples an image to thumbnail size while its rows arrive. Its memory depends on the size of the
 * thumbnail, on one row of the source and on a band of {@code 2 × support} reduced rows, never on
 * the source's area.
 *
 * <p>Pixels outside the target's window contribute where the kernel reaches them, as if the whole
 * image had been resampled and then cropped. Rows that no output pixel needs are ignored.
 */
public final class Resampler implements RowSink {

  private static final double TOLERANCE = 1e-3; // pixels by which a window may exceed the image

  private final RasterLayout layout;
  private final PlaneResampler[] planes;
  private final Raster raster;

  /**
   * Allocates everything that {@link #workingBytes} counts.
   *
   * @param linearLight whether to average light instead of encoded samples; only for sRGB-encoded
   *     {@link ColorKind#RGB} and {@link ColorKind#GRAY}
   */
  public Resampler(RasterLayout layout, ResampleTarget target, Kernel kernel, boolean linearLight) {
    check(layout, target, linearLight);
    this.layout = layout;
    raster = newRaster(layout, target);
    TransferFunction transfer =
        linearLight ? TransferFunction.linearLight() : TransferFunction.encoded();
    planes = new PlaneResampler[layout.planes().size()];
    TapTable columns = new TapTable(horizontal(layout, target, kernel, 0));
    TapTable rows = new TapTable(vertical(layout, target, kernel, 0));
    int channel = 0;
    for (int p = 0; p < planes.length; p++) {
      Plane plane = layout.planes().get(p);
      if (p > 0 && !sameGeometry(layout, target, p - 1, p)) {
        columns = new TapTable(horizontal(layout, target, kernel, p));
        rows = new TapTable(vertical(layout, target, kernel, p));
      }
      byte[][] channels = new byte[plane.channels()][];
      byte[][] remainders = new byte[raster.hasRemainders() ? channels.length : 0][];
      for (int c = 0; c < channels.length; c++) {
        channels[c] = raster.channel(channel);
        if (raster.hasRemainders()) {
          remainders[c] = raster.remainder(channel);
        }
        channel++;
      }
      Axis horizontal = columns.axis;
      RowSums sums =
          linearLight || layout.alpha()
              ? new ValueSums(horizontal, channels.length, layout.alpha(), transfer)
              : QuarteredSums.suit(horizontal, rows.axis, channels.length)
                  ? new QuarteredSums(horizontal)
                  : new ByteSums(horizontal, channels.length);
      RowEncoder encoder =
          new RowEncoder(transfer, layout.alpha(), channels, remainders, horizontal.outputs);
      planes[p] = new PlaneResampler(columns, rows, channels.length, sums, encoder);
    }
  }

  /**
   * Returns whether two planes can share tap tables; compared by hand, because a record's equals is
   * slow at startup.
   */
  private static boolean sameGeometry(
      RasterLayout layout, ResampleTarget target, int first, int second) {
    Plane a = layout.planes().get(first);
    Plane b = layout.planes().get(second);
    return (!target.halveChroma() || first > 0)
        && a.width() == b.width()
        && a.height() == b.height()
        && a.extentX() == b.extentX()
        && a.extentY() == b.extentY()
        && a.blockMean() == b.blockMean();
  }

  /**
   * Creates the raster of the result. Coded colors that do not go to a JPEG will be converted, and
   * keep remainders.
   */
  private static Raster newRaster(RasterLayout layout, ResampleTarget target) {
    int width = target.width();
    int height = target.height();
    return isConvertedLater(layout, target)
        ? Raster.withRemainders(width, height, layout.color())
        : target.halveChroma()
            ? Raster.halvedChroma(width, height)
            : Raster.of(width, height, layout.color(), layout.alpha());
  }

  private static boolean isConvertedLater(RasterLayout layout, ResampleTarget target) {
    boolean coded = layout.color() == ColorKind.YCBCR || layout.color() == ColorKind.YCCK;
    return coded && !layout.alpha() && !target.halveChroma();
  }

  /** Returns the bytes of memory that a resampler holds, its result included. */
  public static long workingBytes(
      RasterLayout layout, ResampleTarget target, Kernel kernel, boolean linearLight) {
    check(layout, target, linearLight);
    long bytes = 0;
    for (int p = 0; p < layout.planes().size(); p++) {
      int channels = layout.planes().get(p).channels();
      Axis horizontal = horizontal(layout, target, kernel, p);
      Axis vertical = vertical(layout, target, kernel, p);
      bytes += PlaneResampler.workingBytes(horizontal, vertical, channels);
    }
    return bytes + resultBytes(layout, target);
  }

  /** Returns the bytes of memory of the result alone. */
  public static long resultBytes(RasterLayout layout, ResampleTarget target) {
    long width = target.width();
    long height = target.height();
    return target.halveChroma()
        ? width * height + 2 * ((width + 1) / 2) * ((height + 1) / 2)
        : width * height * layout.channels() * (isConvertedLater(layout, target) ? 2 : 1);
  }

  private static void check(RasterLayout layout, ResampleTarget target, boolean linearLight) {
    List<Plane> planes = layout.planes();
    int channels = 0;
    for (Plane plane : planes) {
      channels += plane.channels();
    }
    if (channels != layout.channels()) {
      throw new IllegalArgumentException("planes do not add up to the layout's channels");
    }
    if (layout.alpha() && planes.size() != 1) {
      throw new IllegalArgumentException("alpha must be interleaved with the color channels");
    }
    if (linearLight && layout.color() != ColorKind.RGB && layout.color() != ColorKind.GRAY) {
      throw new IllegalArgumentException("linear light needs RGB or gray, not " + layout.color());
    }
    if (target.halveChroma() && (layout.color() != ColorKind.YCBCR || planes.size() != 3)) {
      throw new IllegalArgumentException("only YCbCr in three planes can have its chroma halved");
    }
    if (!(target.x() >= -TOLERANCE
        && target.y() >= -TOLERANCE
        && target.x() + target.windowWidth() <= layout.width() + TOLERANCE
        && target.y() + target.windowHeight() <= layout.height() + TOLERANCE)) {
      throw new IllegalArgumentException("window " + target + " exceeds the image");
    }
  }

  /**
   * One direction of a resampling.
   *
   * @param stored size of the image
   * @param samples size of the plane
   * @param extent how many samples of the plane the image spans
   * @param start where the window begins in the image
   * @param length size of the window in the image
   * @param outputs size of the target
   * @param chromaPhase of the target, in its pixels
   */
  private record Span(
      int stored,
      int samples,
      double extent,
      double start,
      double length,
      int outputs,
      double chromaPhase) {}

  private static Axis horizontal(
      RasterLayout layout, ResampleTarget target, Kernel kernel, int planeIndex) {
    Plane plane = layout.planes().get(planeIndex);
    return axis(
        kernel,
        plane,
        target.halveChroma() && planeIndex > 0,
        new Span(
            layout.width(),
            plane.width(),
            plane.extentX(),
            target.x(),
            target.windowWidth(),
            target.width(),
            target.chromaPhaseX()));
  }

  private static Axis vertical(
      RasterLayout layout, ResampleTarget target, Kernel kernel, int planeIndex) {
    Plane plane = layout.planes().get(planeIndex);
    return axis(
        kernel,
        plane,
        target.halveChroma() && planeIndex > 0,
        new Span(
            layout.height(),
            plane.height(),
            plane.extentY(),
            target.y(),
            target.windowHeight(),
            target.height(),
            target.chromaPhaseY()));
  }

  private static Axis axis(Kernel kernel, Plane plane, boolean halve, Span span) {
    double perPixel = span.extent() / span.stored();
    double pixel = span.length() / span.outputs(); // stored pixels per output pixel
    return new Axis(
        kernel,
        plane.channels(),
        span.samples(),
        span.extent(),
        plane.blockMean(),
        perPixel * (span.start() - (halve ? span.chromaPhase() * pixel : 0)),
        perPixel * (halve ? 2 * pixel : pixel),
        halve ? (span.outputs() + 1) / 2 : span.outputs());
  }

  @Override
  public void row(int plane, int y, byte[] samples, int offset) {
    PlaneResampler resampler = planes[plane];
    if (y != resampler.nextRow()) {
      throw new IllegalArgumentException(
          "row " + y + " of plane " + plane + " where row " + resampler.nextRow() + " was due");
    }
    resampler.row(samples, offset);
  }

  /**
   * Returns the thumbnail. Rows that were never delivered, because the source is truncated, are
   * transparent if there is alpha and mid-gray if not.
   */
  public Raster finish() {
    int channel = 0;
    for (int p = 0; p < planes.length; p++) {
      Plane plane = layout.planes().get(p);
      PlaneResampler resampler = planes[p];
      if (resampler.nextRow() < resampler.endRow()) {
        byte[] missing = missingRow(plane, channel);
        while (resampler.nextRow() < resampler.endRow()) {
          resampler.row(missing, 0);
        }
      }
      channel += plane.channels();
    }
    return raster;
  }

  private byte[] missingRow(Plane plane, int firstChannel) {
    byte[] row = new byte[plane.width() * plane.channels()];
    for (int i = 0; i < row.length; i++) {
      row[i] = layout.missingSample(firstChannel + i % plane.channels());
    }
    return row;
  }
}
