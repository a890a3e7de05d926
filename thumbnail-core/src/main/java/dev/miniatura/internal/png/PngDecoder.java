package dev.miniatura.internal.png;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;

/**
 * Decodes PNG (third edition, ISO/IEC 15948:2004 and its W3C successor): one plane, gray or RGB, of
 * 8-bit samples, with alpha if the image can be transparent. Rows go to the sink as they are
 * decompressed; only half of an interlaced image is held in memory. For an animation, the default
 * image is decoded; {@link ApngDecoder} adds the frames.
 *
 * <p>Tolerated, with a note: ancillary chunks that are broken, repeated or out of place; image data
 * that ends early, of which the existing part is delivered; wrong check values of image data. Not
 * tolerated: a wrong CRC of a critical chunk before the image data, and invalid compressed data
 * before the first row. An eXIf chunk after the image data is ignored, because the orientation is
 * needed earlier.
 */
public final class PngDecoder implements ImageDecoder {

  private final InputWindow in;
  private final Limits limits;
  private final Chunks chunks;
  private final Metadata metadata;
  private final PngHeader header;
  private final SampleExpander expander;

  private PngDecoder(InputWindow in, Limits limits) throws IOException {
    this.in = in;
    this.limits = limits;
    chunks = new Chunks(in);
    metadata = new Metadata(chunks);
    header = metadata.header;
    expander = new SampleExpander(header, metadata.palette, metadata.transparency);
  }

  /** Reads the chunks before the image data. */
  public static ImageDecoder open(InputWindow in, Limits limits) throws IOException {
    PngDecoder still = new PngDecoder(in, limits);
    boolean animated = still.metadata.frames > 1;
    return animated ? new ApngDecoder(in, still.chunks, still.metadata, still) : still;
  }

  @Override
  public ImageHeader header() {
    return ImageHeader.of(
            Chunks.FORMAT,
            header.width(),
            header.height(),
            header.colorType().words,
            header.depth())
        .orientation(metadata.orientation)
        .frames(metadata.frames)
        .alpha(expander.alpha())
        .iccProfile(metadata.colorimetry.embedded())
        .progressive(header.interlaced())
        .camera(metadata.camera)
        .build();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) {
    RasterLayout layout = layout(expander.alpha());
    long working = workingBytes();
    return DecodePlan.of(
        layout,
        working,
        header.interlaced() ? "interlaced" : "by rows",
        (sink, notes) -> decode(layout, working, sink, notes));
  }

  /** Returns the layout of the image, or of the canvas on which it is drawn. */
  RasterLayout layout(boolean alpha) {
    return RasterLayout.interleaved(
        header.width(),
        header.height(),
        expander.colors() == 1 ? ColorKind.GRAY : ColorKind.RGB,
        alpha,
        metadata.colorimetry.profile());
  }

  /** Returns the maximum number of bytes that decoding the image takes. */
  long workingBytes() {
    int channels = expander.channels();
    return Scanlines.workingBytes(header.rowBytes(header.width()))
        + (header.interlaced()
            ? Adam7.workingBytes(header, channels)
            : (long) header.width() * channels);
  }

  private void decode(RasterLayout layout, long working, RowSink sink, Notes notes)
      throws IOException {
    sink.begin(layout);
    notes.addAll(metadata.notes);
    if (working > limits.workingBytes()) {
      throw new LimitExceededException(Limits.Kind.WORKING_BYTES, limits.workingBytes(), working);
    }
    decodeImage(header, new ImageData(in, chunks, Chunks.IDAT), sink, notes);
  }

  /**
   * Decodes an image of the file's kind, and delivers its rows.
   *
   * @param size the file's header, with the image's own width and height
   * @return whether all of its data was there
   */
  boolean decodeImage(PngHeader size, ImageData data, RowSink sink, Notes notes)
      throws IOException {
    Scanlines lines = new Scanlines(data, size, (int) size.rowBytes(size.width()));
    boolean complete =
        size.interlaced()
            ? new Adam7(size, lines, expander).decode(sink)
            : decodeRows(size, lines, sink);
    if (!complete) {
      MalformedImageException damage = lines.damage();
      if (damage == null) {
        notes.add(Chunks.FORMAT, "image data ends early", "what is missing is blank");
      } else {
        notes.add(Chunks.FORMAT, damage.reason(), "what is missing is blank", damage.offset());
      }
      data.note(notes);
      return false;
    }
    finish(lines, data, notes);
    return true;
  }

  /**
   * Reads to the end of the data. All rows are complete, so errors after them do not prevent them
   * from being shown.
   */
  private static void finish(Scanlines lines, ImageData data, Notes notes) throws IOException {
    try {
      if (!lines.finish()) {
        notes.add(Chunks.FORMAT, "image data goes on after the last row", "ignored");
      }
      data.finish();
    } catch (MalformedImageException e) {
      notes.add(Chunks.FORMAT, e.reason(), "ignored", e.offset());
    }
    data.note(notes);
  }

  private boolean decodeRows(PngHeader size, Scanlines lines, RowSink sink) throws IOException {
    boolean identity = expander.isIdentity();
    byte[] expanded = new byte[identity ? 0 : size.width() * expander.channels()];
    lines.start((int) size.rowBytes(size.width()));
    for (int y = 0; y < size.height(); y++) {
      if (!lines.next()) {
        if (y == 0) {
          throw lines.malformed("no image data");
        }
        return false;
      }
      if (identity) {
        sink.row(0, y, lines.row(), 0);
      } else {
        expander.expand(lines.row(), 0, size.width(), expanded);
        sink.row(0, y, expanded, 0);
      }
    }
    return true;
  }
}
