package dev.miniatura.internal.pcx;

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
 * Decodes PCX (ZSoft PCX File Format Technical Reference Manual), row by row: black and white,
 * indexes in one to four 1-bit planes or in one plane of 4 or 8 bits, and true color.
 */
public final class PcxDecoder implements ImageDecoder {

  private final PcxHeader file;
  private final SourceBytes bytes;
  private final Deadline deadline;
  private final RasterLayout layout;

  private PcxDecoder(PcxHeader file, SourceBytes bytes, Deadline deadline) {
    this.file = file;
    this.bytes = bytes;
    this.deadline = deadline;
    layout = RasterLayout.interleaved(file.width(), file.height(), ColorKind.RGB, false, null);
  }

  /**
   * Reads the header.
   *
   * @throws dev.miniatura.UnsupportedImageException if the kind of picture is not supported
   */
  public static ImageDecoder open(SourceBytes bytes, Deadline deadline) throws IOException {
    return new PcxDecoder(PcxHeader.read(bytes), bytes, deadline);
  }

  @Override
  public ImageHeader header() {
    String color = file.isColor() ? "RGB" : "palette";
    return ImageHeader.of(Container.PCX.name(), file.width(), file.height(), color, 8).build();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    long working = heldOfSource() + file.rowBytes() + 4L * file.width() + 2048;
    return DecodePlan.of(layout, working, "by rows", this::decode);
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  private void decode(RowSink sink, Notes notes) throws IOException {
    RunLengths rows = new RunLengths(bytes, file.runs());
    byte[] stored = new byte[file.rowBytes()];
    int[] palette = file.palette(bytes);
    int[] pixels = new int[file.width()];
    byte[] row = new byte[3 * file.width()];
    if (bytes.at(PcxHeader.BYTES) < 0) {
      throw Container.PCX.malformed(PcxHeader.BYTES, "has no picture data");
    }
    sink.begin(layout);
    boolean present = true;
    for (int y = 0; y < file.height(); y++) {
      deadline.check();
      present = present && rows.read(stored);
      if (present) {
        unpack(stored, palette, pixels);
        layout.interleave(pixels, 0, row);
      } else {
        layout.fillMissing(row, 0, file.width());
      }
      sink.row(0, y, row, 0);
    }
    if (!present) {
      notes.add(Container.PCX.name(), "picture data ends early", "what is missing is gray");
    }
  }

  private void unpack(byte[] stored, int[] palette, int[] pixels) {
    int line = file.lineBytes();
    for (int x = 0; x < pixels.length; x++) {
      if (file.isColor()) {
        pixels[x] =
            (stored[x] & 0xff) << 16
                | (stored[line + x] & 0xff) << 8
                | (stored[2 * line + x] & 0xff);
      } else {
        pixels[x] = palette[index(stored, x)];
      }
    }
  }

  private int index(byte[] stored, int x) {
    if (file.bits() == 8) {
      return stored[x] & 0xff;
    }
    if (file.bits() == 4) {
      return stored[x >> 1] >> (x % 2 == 0 ? 4 : 0) & 15;
    }
    int index = 0;
    for (int plane = file.planes() - 1; plane >= 0; plane--) {
      index = index << 1 | (stored[plane * file.lineBytes() + (x >> 3)] >> (7 - (x & 7)) & 1);
    }
    return index;
  }
}
