package dev.miniatura.internal.webp;

import dev.miniatura.ImageInfo;
import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.List;

/**
 * Decodes a still lossy WebP from the file in memory: planes of YCbCr with halved chroma if it is
 * opaque, else rows of RGBA.
 */
public final class LossyWebpDecoder implements ImageDecoder {

  /**
   * From this ratio on the loop filter is left out. It smooths edges of subblocks by taking from
   * one side what it gives to the other, and such edges then lie within one pixel of the thumbnail.
   * On photographs of quality 10, luma differs by 4 levels at most at this ratio, by 0.4 in the
   * mean; at quality 30 and above by 3 and 0.3. Decoding takes half the time.
   */
  private static final int UNFILTERED_RATIO = 8;

  private final long sourceBytes;
  private final WebpContents contents;
  private final LossyFrame frame;
  private final LosslessReader lossless;
  private final InputWindow source;

  /**
   * Reads the header.
   *
   * @param contents of the file, with a lossy bitstream
   * @param lossless reads compressed alpha
   * @param source knows the time by which all must be done
   */
  public LossyWebpDecoder(
      byte[] bytes, WebpContents contents, LosslessReader lossless, InputWindow source)
      throws MalformedImageException {
    this.sourceBytes = bytes.length;
    this.contents = contents;
    this.lossless = lossless;
    this.source = source;
    frame = LossyFrame.read(bytes, contents.lossy(), contents.alpha());
  }

  @Override
  public ImageInfo info() {
    return new ImageInfo(
        "WEBP",
        frame.width(),
        frame.height(),
        contents.orientation(),
        1,
        frame.hasAlpha() ? "RGB" : "YCbCr 4:2:0",
        8,
        frame.hasAlpha(),
        contents.iccProfile() != null,
        false,
        contents.camera());
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) {
    int width = frame.width();
    int height = frame.height();
    Plane chroma =
        new Plane((width + 1) / 2, (height + 1) / 2, 1, width / 2.0, height / 2.0, false);
    RasterLayout layout =
        new RasterLayout(
            width,
            height,
            frame.hasAlpha() ? ColorKind.RGB : ColorKind.YCBCR,
            frame.hasAlpha(),
            frame.hasAlpha()
                ? List.of(Plane.full(width, height, 4))
                : List.of(Plane.full(width, height, 1), chroma, chroma),
            contents.iccProfile());
    long working = sourceBytes + frame.workingBytes();
    if (frame.hasAlpha()) {
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
          frame.decode(filtered, sink, source, notes);
        });
  }

  private void decodePixels(RasterLayout layout, RowSink sink, Notes notes) throws IOException {
    sink.begin(layout);
    byte[] row = new byte[4 * frame.width()];
    frame.decode(
        (y, argb) -> {
          int at = 0;
          for (int pixel : argb) {
            row[at++] = (byte) (pixel >> 16);
            row[at++] = (byte) (pixel >> 8);
            row[at++] = (byte) pixel;
            row[at++] = (byte) (pixel >>> 24);
          }
          sink.row(0, y, row, 0);
        },
        lossless,
        source,
        notes);
  }
}
