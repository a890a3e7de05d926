package dev.miniatura.internal.pnm;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.pnm.PnmHeader.Coding;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;

/**
 * Decodes PBM, PGM and PPM, plain and raw, PAM and PFM, row by row, as defined by Netpbm's manual
 * pages and pfm(5). Only the first picture of a file is read.
 */
public final class PnmDecoder implements ImageDecoder {

  private final PnmHeader file;
  private final SourceBytes bytes;
  private final Deadline deadline;
  private final RasterLayout layout;

  private PnmDecoder(PnmHeader file, SourceBytes bytes, Deadline deadline) {
    this.file = file;
    this.bytes = bytes;
    this.deadline = deadline;
    layout =
        RasterLayout.interleaved(file.width(), file.height(), file.color(), file.alpha(), null);
  }

  /** Reads the header. */
  public static ImageDecoder open(Container container, SourceBytes bytes, Deadline deadline)
      throws IOException {
    return new PnmDecoder(PnmHeader.read(container, bytes), bytes, deadline);
  }

  @Override
  public ImageHeader header() {
    String color =
        switch (file.color()) {
          case GRAY -> "gray";
          case CMYK -> "CMYK";
          default -> "RGB";
        };
    int bits =
        file.coding() == Coding.REALS ? 32 : 32 - Integer.numberOfLeadingZeros(file.maxval());
    return ImageHeader.of(file.container().name(), file.width(), file.height(), color, bits)
        .alpha(file.alpha())
        .build();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    if (file.rowBytes() > Integer.MAX_VALUE - 64) {
      throw new LimitExceededException(
          Limits.Kind.WORKING_BYTES, Integer.MAX_VALUE, file.rowBytes());
    }
    long row = (long) file.width() * file.channels();
    long working = heldOfSource() + file.rowBytes() + 5 * row + file.maxval() + 1;
    return DecodePlan.of(layout, working, "by rows", this::decode);
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  private void decode(RowSink sink, Notes notes) throws IOException {
    if (bytes.at(file.start()) < 0) {
      throw file.container().malformed(file.start(), "has no picture data");
    }
    SampleRows rows =
        switch (file.coding()) {
          case PLAIN_BITS, PLAIN -> new PlainRows(file, bytes);
          case BITS, RAW -> new RawRows(file, bytes);
          case REALS -> new RealRows(file, bytes, deadline);
        };
    sink.begin(layout);
    byte[] row = new byte[file.width() * file.channels()];
    boolean cut = false;
    for (int y = 0; y < file.height(); y++) {
      deadline.check();
      int pixels = rows.read(y, row) / file.channels();
      if (pixels < file.width()) {
        cut = true;
        layout.fillMissing(row, pixels, file.width());
      }
      sink.row(0, y, row, 0);
    }
    if (cut) {
      notes.add(file.container().name(), "picture data ends early", "what is missing is gray");
    }
  }
}
