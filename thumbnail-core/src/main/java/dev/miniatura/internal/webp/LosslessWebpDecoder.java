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
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.vp8l.LosslessImage;
import java.io.IOException;

/** Decodes a still lossless WebP by rows of RGB, with alpha if its header says so. */
final class LosslessWebpDecoder implements ImageDecoder {

  private final SourceBytes bytes;
  private final WebpContents contents;
  private final Deadline deadline;
  private final LosslessImage image;

  /**
   * Reads the header.
   *
   * @param deadline the deadline for everything
   */
  LosslessWebpDecoder(SourceBytes bytes, WebpContents contents, Deadline deadline)
      throws IOException {
    this.bytes = bytes;
    this.contents = contents;
    this.deadline = deadline;
    Chunk data = contents.lossless();
    if (!data.isPresent()) {
      throw Container.WEBP.malformed(bytes.length(), "has no image data");
    }
    image = LosslessImage.read(bytes, data.start(), data.end());
  }

  @Override
  public ImageHeader header() {
    return ImageHeader.of(Container.WEBP.name(), image.width(), image.height(), "RGB", 8)
        .orientation(contents.orientation())
        .alpha(image.alpha())
        .iccProfile(contents.iccProfile() != null)
        .camera(contents.camera())
        .build();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    RasterLayout layout =
        RasterLayout.interleaved(
            image.width(), image.height(), ColorKind.RGB, image.alpha(), contents.iccProfile());
    long working =
        heldOfSource()
            + LosslessImage.workingBytes(image.width(), image.height(), contents.lossless().size());
    return DecodePlan.of(
        layout, working, "lossless, by rows", (sink, notes) -> decode(layout, sink, notes));
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  private void decode(RasterLayout layout, RowSink sink, Notes notes) throws IOException {
    sink.begin(layout);
    int rows = image.decode(PixelRows.interleaved(layout, sink), deadline);
    if (rows < image.height()) {
      notes.add(Container.WEBP.name(), "image data ends early", "what is missing is blank");
    }
  }
}
