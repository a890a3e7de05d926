package dev.miniatura.internal.png;

import dev.miniatura.Limits;
import dev.miniatura.internal.io.BytesSource;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Runs the decoder and collects its rows. */
final class Decoding {

  private Decoding() {}

  /** What a decoder delivered. */
  @SuppressWarnings("ArrayRecordComponent")
  record Decoded(
      ImageHeader header, DecodePlan plan, byte[] samples, int rows, List<String> notes) {}

  static Decoded decode(byte[] png) throws IOException {
    return decode(png, Limits.defaults());
  }

  static Decoded decode(byte[] png, Limits limits) throws IOException {
    InputWindow in = InputWindow.open(new BytesSource(png), limits, new Deadline(limits.time()));
    ImageDecoder decoder = PngDecoder.open(in, limits);
    DecodePlan plan = decoder.plan(64, 64);
    int rowBytes = plan.layout().width() * plan.layout().channels();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int[] next = {0};
    Notes notes = new Notes();
    plan.decode(
        (plane, y, row, offset) -> {
          if (plane != 0 || y != next[0]++) {
            throw new IllegalStateException("row " + y + " out of order");
          }
          out.write(row, offset, rowBytes);
        },
        notes);
    return new Decoded(decoder.header(), plan, out.toByteArray(), next[0], notes.list());
  }
}
