package dev.miniatura.internal.psd;

import dev.miniatura.UnsupportedImageException;
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
 * Decodes the merged picture of a PSD or PSB by rows, reading its planes in parallel. The first
 * channel after color is alpha if the file says so, or if it is the only one and there are no
 * layers; spot inks and saved selections are ignored. Without a merged picture, layers are
 * composed.
 */
public final class PsdDecoder implements ImageDecoder {

  private static final int PACKED = 1;
  private static final int ZIPPED = 2;
  private static final int ZIPPED_PREDICTED = 3;

  private final SourceBytes bytes;
  private final Deadline deadline;
  private final PsdHeader header;
  private final boolean alpha;
  private int wantedTop;
  private int wantedBottom;

  private PsdDecoder(SourceBytes bytes, Deadline deadline) throws IOException {
    this.bytes = bytes;
    this.deadline = deadline;
    header = new PsdHeader(new Fields(bytes));
    int beyond = header.channels - header.colors();
    alpha =
        header.mode == PsdHeader.INDEXED
            ? header.transparentIndex >= 0
            : !header.inks
                && (!header.merged || header.isMatted() || (beyond == 1 && header.layers == 0));
    if (header.merged && compression() > ZIPPED_PREDICTED) {
      throw new UnsupportedImageException("PSD: compression " + compression());
    }
    wantedBottom = header.height;
  }

  private int compression() throws IOException {
    return new Fields(bytes).u16(header.dataStart);
  }

  /**
   * Opens a file, reading only the part before the picture.
   *
   * @throws UnsupportedImageException if the picture is stored in a way that is rare
   */
  public static PsdDecoder open(SourceBytes bytes, Deadline deadline) throws IOException {
    return new PsdDecoder(bytes, deadline);
  }

  @Override
  public ImageHeader header() {
    return ImageHeader.of(
            Container.PSD.name(),
            header.width,
            header.height,
            switch (header.mode) {
              case PsdHeader.INDEXED -> "palette";
              case PsdHeader.RGB -> "RGB";
              case PsdHeader.CMYK -> "CMYK";
              case PsdHeader.LAB -> "L*a*b*";
              default -> "gray";
            },
            header.depth)
        .alpha(alpha)
        .iccProfile(header.profile != null)
        .build();
  }

  @Override
  public void wanted(int left, int top, int right, int bottom) {
    wantedTop = top;
    wantedBottom = bottom;
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    RasterLayout layout = layout();
    if (!header.merged) {
      Layers layers = new Layers(bytes, header, deadline);
      return DecodePlan.of(
          layout,
          heldOfSource() + layers.workingBytes(),
          "layers, one over the other",
          (sink, notes) -> layers.push(layout, sink, notes));
    }
    int planes = header.colors() + (alpha ? 1 : 0);
    long row = (long) header.width * (header.depth + 7) / 8 + (long) header.width * planes;
    boolean zipped = compression() >= ZIPPED;
    long reader = zipped ? ZippedPlane.workingBytes() + rowBytes() : PlaneReader.workingBytes();
    return DecodePlan.of(
        layout,
        heldOfSource() + planes * reader + row,
        "by rows",
        (sink, notes) -> decode(layout, sink, notes));
  }

  private RasterLayout layout() {
    ColorKind kind =
        switch (header.mode) {
          case PsdHeader.RGB, PsdHeader.INDEXED, PsdHeader.LAB -> ColorKind.RGB;
          case PsdHeader.CMYK -> ColorKind.CMYK;
          default -> ColorKind.GRAY;
        };
    byte[] profile = header.mode == PsdHeader.LAB ? null : header.profile;
    return RasterLayout.interleaved(header.width, header.height, kind, alpha, profile);
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  private void decode(RasterLayout layout, RowSink sink, Notes notes) throws IOException {
    sink.begin(layout);
    boolean indexed = header.mode == PsdHeader.INDEXED;
    int count = header.colors() + (alpha && !indexed ? 1 : 0);
    SampleReader samples = new SampleReader(header, layout, alpha);
    byte[] stored = new byte[Math.toIntExact(rowBytes())];
    byte[] row = new byte[header.width * layout.channels()];
    if (samples.matted() && isUnmatted(planes(count), samples, stored, row)) {
      samples.keepColors();
    }
    PlaneRows[] planes = planes(count);
    boolean any = wantedTop > 0;
    boolean all = true;
    for (int y = 0; y < wantedBottom; y++) {
      deadline.check();
      for (int c = 0; c < count; c++) {
        if (y < wantedTop) {
          planes[c].skip();
        } else {
          int there = planes[c].read(stored);
          any |= there > 0;
          all &= there == stored.length;
          samples.take(c, stored, samplesIn(there), row);
        }
      }
      samples.finish(row);
      sink.row(0, y, row, 0);
    }
    if (!any) {
      throw Container.PSD.malformed(bytes.reach(header.dataStart), "has no picture data");
    }
    if (!all) {
      notes.add(Container.PSD.name(), "picture data ends early", "what is missing is gray");
    }
  }

  private boolean isUnmatted(PlaneRows[] planes, SampleReader samples, byte[] stored, byte[] row)
      throws IOException {
    for (int y = 0; y < header.height; y++) {
      deadline.check();
      for (int c = 0; c < planes.length; c++) {
        int there = planes[c].read(stored);
        if (there < stored.length) {
          return false; // the end of the file
        }
        samples.take(c, stored, samplesIn(there), row);
      }
      if (samples.isUnmatted(row)) {
        return true;
      }
    }
    return false;
  }

  private int samplesIn(int rowBytes) {
    return (int) Math.min(header.width, rowBytes * 8L / header.depth);
  }

  private long rowBytes() {
    return ((long) header.width * header.depth + 7) / 8;
  }

  private PlaneRows[] planes(int count) throws IOException {
    PlaneRows[] planes = new PlaneRows[count];
    long data = header.dataStart + 2;
    int rowBytes = Math.toIntExact(rowBytes());
    if (compression() >= ZIPPED) {
      boolean predicted = compression() == ZIPPED_PREDICTED;
      for (int c = 0; c < count; c++) {
        long before = (long) c * header.height;
        planes[c] = new ZippedPlane(bytes, rowBytes, data, before, header.depth, predicted);
      }
      return planes;
    }
    if (compression() != PACKED) {
      for (int c = 0; c < count; c++) {
        planes[c] = PlaneReader.raw(bytes, rowBytes, data + c * rowBytes() * header.height);
      }
      return planes;
    }
    int size = header.big ? 4 : 2;
    long rows = (long) header.channels * header.height;
    long start = data + rows * size;
    for (int c = 0; c < count; c++) {
      long counts = data + (long) c * header.height * size;
      planes[c] = PlaneReader.packed(bytes, rowBytes, start, counts, header.big);
      for (int y = 0; y < header.height; y++) {
        start += PlaneReader.count(bytes, counts + (long) y * size, size);
      }
    }
    return planes;
  }
}
