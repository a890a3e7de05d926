package dev.miniatura.internal.webp;

import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.PixelRows;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.List;

/**
 * Decodes a still lossy WebP, with the file in memory: planes of YCbCr with halved chroma if it is
 * opaque, otherwise rows of RGBA.
 */
final class LossyWebpDecoder implements ImageDecoder {

  /**
   * The ratio from which the loop filter is skipped. The filter smooths edges of subblocks by
   * moving values from one side to the other, and such edges then lie within one pixel of the
   * thumbnail. In photographs of quality 10, luma differs by at most 4 levels at this ratio, by 0.4
   * on average; at quality 30 and above by 3 and 0.3. Decoding takes half the time.
   */
  private static final int UNFILTERED_RATIO = 8;

  private final SourceBytes bytes;
  private final WebpContents contents;
  private final FrameSize size;
  private final Deadline deadline;

  /**
   * Reads the header.
   *
   * @param contents contents of the file, with a lossy bitstream
   * @param deadline the deadline for everything
   */
  LossyWebpDecoder(SourceBytes bytes, WebpContents contents, Deadline deadline) throws IOException {
    this.bytes = bytes;
    this.contents = contents;
    this.deadline = deadline;
    Chunk data = contents.lossy();
    int end = Math.min(data.start() + FrameSize.BYTES, data.end());
    size = FrameSize.read(bytes.slice(data.start(), end), data.start());
  }

  private boolean hasAlpha() {
    return contents.alpha().isPresent();
  }

  @Override
  public ImageHeader header() {
    return ImageHeader.of(
            Container.WEBP.name(),
            size.width(),
            size.height(),
            hasAlpha() ? "RGB" : "YCbCr 4:2:0",
            8)
        .orientation(contents.orientation())
        .alpha(hasAlpha())
        .iccProfile(contents.iccProfile() != null)
        .camera(contents.camera())
        .build();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    int width = size.width();
    int height = size.height();
    Plane chroma =
        new Plane((width + 1) / 2, (height + 1) / 2, 1, width / 2.0, height / 2.0, false);
    RasterLayout layout =
        new RasterLayout(
            width,
            height,
            hasAlpha() ? ColorKind.RGB : ColorKind.YCBCR,
            hasAlpha(),
            hasAlpha()
                ? List.of(Plane.full(width, height, 4))
                : List.of(Plane.full(width, height, 1), chroma, chroma),
            contents.iccProfile());
    int alpha = hasAlpha() ? bytes.at(contents.alpha().start()) : -1;
    long working = heldOfSource() + LossyFrame.workingBytes(size, alpha, contents.alpha().size());
    if (hasAlpha()) {
      return DecodePlan.of(
          layout,
          working,
          "lossy, alpha in memory",
          (sink, notes) -> decodePixels(layout, sink, notes));
    }
    boolean filtered =
        UNFILTERED_RATIO * targetWidth > width || UNFILTERED_RATIO * targetHeight > height;
    return DecodePlan.of(
        layout,
        working,
        "lossy, by rows of macroblocks" + (filtered ? "" : ", no loop filter"),
        (sink, notes) -> {
          sink.begin(layout);
          frame().decode(filtered, sink, deadline, notes);
        });
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.wholeBytes();
  }

  private LossyFrame frame() throws IOException {
    return LossyFrame.read(bytes.all(), contents.lossy(), contents.alpha());
  }

  private void decodePixels(RasterLayout layout, RowSink sink, Notes notes) throws IOException {
    LossyFrame frame = frame();
    sink.begin(layout);
    frame.decode(PixelRows.interleaved(layout, sink), deadline, notes);
  }
}
