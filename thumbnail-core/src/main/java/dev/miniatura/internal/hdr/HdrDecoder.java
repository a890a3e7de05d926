package dev.miniatura.internal.hdr;

import dev.miniatura.MalformedImageException;
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
import dev.miniatura.internal.raster.SrgbCurve;
import java.io.IOException;

/**
 * Decodes Radiance pictures, row by row: uncompressed or with either kind of run lengths, in all
 * eight orders of pixels. Light from 0 to 1 is shown; anything brighter is white.
 */
public final class HdrDecoder implements ImageDecoder {

  private static final int BIAS = 128 + 8; // of the exponent, with 8-bit mantissas

  private final HdrHeader file;
  private final SourceBytes bytes;
  private final Deadline deadline;
  private final RasterLayout layout;

  private HdrDecoder(HdrHeader file, SourceBytes bytes, Deadline deadline) {
    this.file = file;
    this.bytes = bytes;
    this.deadline = deadline;
    layout = RasterLayout.interleaved(file.width(), file.height(), ColorKind.RGB, false, null);
  }

  /** Reads the header. */
  public static ImageDecoder open(SourceBytes bytes, Deadline deadline) throws IOException {
    return new HdrDecoder(HdrHeader.read(bytes), bytes, deadline);
  }

  @Override
  public ImageHeader header() {
    return ImageHeader.of(Container.HDR.name(), file.width(), file.height(), "RGB", 32)
        .orientation(file.orientation())
        .build();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    long working = heldOfSource() + 7L * file.width() + (1 << 16);
    return DecodePlan.of(layout, working, "by rows", this::decode);
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  /** Returns the sample for each exponent and mantissa. */
  private static byte[] table() {
    byte[] table = new byte[1 << 16];
    for (int exponent = 1; exponent < 256; exponent++) {
      for (int mantissa = 0; mantissa < 256; mantissa++) {
        double light = Math.min(1, Math.scalb(mantissa + 0.5, exponent - BIAS));
        table[exponent << 8 | mantissa] = (byte) (int) (255 * SrgbCurve.toEncoded(light) + 0.5);
      }
    }
    return table;
  }

  private void decode(RowSink sink, Notes notes) throws IOException {
    Scanlines lines = new Scanlines(bytes, file.start());
    byte[] stored = new byte[4 * file.width()];
    if (!lines.read(stored)) {
      throw Container.HDR.malformed(file.start(), "has no picture data");
    }
    sink.begin(layout);
    byte[] table = table();
    byte[] row = new byte[3 * file.width()];
    boolean present = true;
    for (int y = 0; y < file.height(); y++) {
      deadline.check();
      present = present && (y == 0 || isThere(lines, stored, notes));
      if (present) {
        show(stored, table, row);
      } else {
        layout.fillMissing(row, 0, file.width());
      }
      sink.row(0, y, row, 0);
    }
  }

  private static boolean isThere(Scanlines lines, byte[] stored, Notes notes) throws IOException {
    String reason = "picture data ends early";
    long at = -1;
    try {
      if (lines.read(stored)) {
        return true;
      }
    } catch (MalformedImageException e) {
      reason = e.reason();
      at = e.offset();
    }
    notes.add(Container.HDR.name(), reason, "what is missing is gray", at);
    return false;
  }

  private static void show(byte[] stored, byte[] table, byte[] row) {
    for (int from = 0, to = 0; from < stored.length; from += 4, to += 3) {
      int exponent = (stored[from + 3] & 0xff) << 8;
      row[to] = table[exponent | (stored[from] & 0xff)];
      row[to + 1] = table[exponent | (stored[from + 1] & 0xff)];
      row[to + 2] = table[exponent | (stored[from + 2] & 0xff)];
    }
  }
}
