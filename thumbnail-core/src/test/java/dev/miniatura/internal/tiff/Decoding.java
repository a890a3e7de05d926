package dev.miniatura.internal.tiff;

import dev.miniatura.Limits;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** The rows that a file decodes to. */
final class Decoding implements RowSink {

  final Notes notes = new Notes();
  DecodePlan plan;
  RasterLayout layout;
  byte[][] planes = {};

  static Decoding of(byte[] file) throws IOException {
    return of(file, 1e9);
  }

  static Decoding of(byte[] file, double target) throws IOException {
    Decoding decoding = new Decoding();
    TiffDecoder decoder =
        TiffDecoder.open(
            SourceBytes.of(file), new Deadline(Duration.ofSeconds(60)), Limits.defaults());
    decoding.plan = decoder.plan(target, target, false);
    decoding.layout = decoding.plan.layout();
    decoding.plan.decode(decoding, decoding.notes);
    return decoding;
  }

  @Override
  public void begin(RasterLayout announced) {
    layout = announced;
    planes = new byte[announced.planes().size()][0];
  }

  @Override
  public void row(int plane, int y, byte[] samples, int offset) {
    int length = layout.planes().get(plane).width() * layout.planes().get(plane).channels();
    if (planes[plane].length != y * length) {
      throw new AssertionError("row " + y + " after " + planes[plane].length / length);
    }
    planes[plane] = Arrays.copyOf(planes[plane], (y + 1) * length);
    System.arraycopy(samples, offset, planes[plane], y * length, length);
  }

  /** Returns a sample of an interleaved picture. */
  int at(int x, int y, int channel) {
    int channels = layout.channels();
    return planes[0][(y * layout.planes().get(0).width() + x) * channels + channel] & 0xff;
  }
}
