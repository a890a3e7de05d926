package dev.miniatura.internal.bmp;

import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.bmp.BmpHeader.Compression;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;

/**
 * Decodes BMP of Windows and OS/2: rows of RGB, with alpha if there is a mask for it. Rows are read
 * in place, so that bottom-up files stream too; only run-length encoded pictures are held in
 * memory. If alpha is zero everywhere, the picture is opaque.
 */
public final class BmpDecoder implements ImageDecoder {

  private final SourceBytes bytes;
  private final Deadline deadline;
  private final BmpHeader header;
  private final PixelUnpacker unpacker;
  private int wantedTop;
  private int wantedBottom;

  BmpDecoder(SourceBytes bytes, Deadline deadline, BmpHeader header) {
    this.bytes = bytes;
    this.deadline = deadline;
    this.header = header;
    unpacker = new PixelUnpacker(header);
    wantedBottom = header.height();
  }

  /**
   * Opens a file, reading only the header.
   *
   * @throws UnsupportedImageException if pixels are stored in a way that is rare
   */
  public static BmpDecoder open(SourceBytes bytes, Deadline deadline) throws IOException {
    return new BmpDecoder(bytes, deadline, BmpHeader.read(bytes));
  }

  @Override
  public ImageHeader header() {
    return describe(header, unpacker)
        .alpha(unpacker.alpha())
        .iccProfile(header.profile() != null)
        .build();
  }

  /** Describes a picture, but for its alpha and profile. */
  static ImageHeader.Builder describe(BmpHeader header, PixelUnpacker unpacker) {
    return ImageHeader.of(
        Container.BMP.name(),
        header.width(),
        header.height(),
        header.indexed() ? "palette" : "RGB",
        unpacker.bitsPerSample());
  }

  @Override
  public void wanted(int left, int top, int right, int bottom) {
    wantedTop = top;
    wantedBottom = bottom;
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    RasterLayout layout =
        RasterLayout.interleaved(
            header.width(), header.height(), ColorKind.RGB, unpacker.alpha(), header.profile());
    boolean encoded = header.compression() != Compression.NONE;
    long held =
        encoded
            ? RunLengths.workingBytes(header)
            : StoredRows.workingBytes(header) + (long) header.width() * layout.channels();
    return DecodePlan.of(
        layout,
        heldOfSource() + held,
        encoded ? "run lengths, in memory" : "by rows",
        (sink, notes) -> decode(layout, sink, notes));
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  private void decode(RasterLayout layout, RowSink sink, Notes notes) throws IOException {
    sink.begin(layout);
    Rows rows =
        header.compression() == Compression.NONE
            ? new StoredRows(bytes, header, deadline)
            : RunLengths.decode(bytes, header, deadline);
    boolean opaque = unpacker.alpha() && isInvisible(rows);
    byte[] samples = new byte[header.width() * layout.channels()];
    boolean any = false;
    boolean all = true;
    for (int y = 0; y < wantedBottom; y++) {
      int count = y < wantedTop ? 0 : rows.read(y);
      if (count > 0) {
        unpacker.unpack(rows.array(), rows.offset(), count, opaque, samples);
      }
      any |= count > 0 || y < wantedTop;
      all &= count == header.width() || y < wantedTop;
      layout.fillMissing(samples, Math.max(0, count), header.width());
      sink.row(0, y, samples, 0);
    }
    if (!any) {
      throw Container.BMP.malformed(bytes.reach(header.dataStart()), "has no picture data");
    }
    if (!all) {
      notes.add(Container.BMP.name(), "picture data ends early", "what is missing is gray");
    }
  }

  /**
   * Returns whether all pixels are transparent, as written by software that does not support alpha.
   */
  private boolean isInvisible(Rows rows) throws IOException {
    for (int y = 0; y < header.height(); y++) {
      int count = rows.read(y);
      if (count > 0 && unpacker.isAnyVisible(rows.array(), rows.offset(), count)) {
        return false;
      }
    }
    return true;
  }

  /** Rows of pixels as they are packed in the file. */
  interface Rows {

    /** Reads a row, and returns how many of its pixels are in the file, from the left. */
    int read(int y) throws IOException;

    /** Returns the array that holds the row. */
    byte[] array();

    /** Returns the index at which the row begins. */
    int offset();
  }
}
