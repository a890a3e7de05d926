package dev.miniatura.internal.jpeg.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.internal.io.BytesSource;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Plane;
import java.io.IOException;
import java.util.List;

/** All rows of a decoded file, with a check that they came in order and complete. */
@SuppressWarnings("ArrayRecordComponent")
record Decoded(
    ImageHeader header, DecodePlan plan, byte[][] planes, List<String> notes, long bytesRead) {

  /** A target that asks for every pixel. */
  static final double FULL = 1e9;

  static ImageHeader header(byte[] file) throws IOException {
    Limits limits = Limits.defaults();
    try (InputWindow in =
        InputWindow.open(new BytesSource(file), limits, new Deadline(limits.time()))) {
      return JpegDecoder.open(in, limits).header();
    }
  }

  static Decoded of(byte[] file, double target) throws IOException {
    return of(new BytesSource(file), target);
  }

  static Decoded of(ImageSource source, double target) throws IOException {
    return of(source, target, 1);
  }

  static Decoded of(ImageSource source, double target, int threads) throws IOException {
    Limits limits = Limits.defaults();
    try (InputWindow in = InputWindow.open(source, limits, new Deadline(limits.time()))) {
      JpegDecoder decoder = JpegDecoder.open(in, limits, new ApplicationData(), threads);
      DecodePlan plan = decoder.plan(target, target);
      List<Plane> layout = plan.layout().planes();
      byte[][] planes = new byte[layout.size()][];
      int[] rows = new int[layout.size()];
      for (int i = 0; i < planes.length; i++) {
        planes[i] = new byte[layout.get(i).width() * layout.get(i).height()];
      }
      Notes notes = new Notes();
      plan.decode(
          (plane, y, samples, offset) -> {
            assertThat(y).isEqualTo(rows[plane]++);
            int width = layout.get(plane).width();
            System.arraycopy(samples, offset, planes[plane], y * width, width);
          },
          notes);
      for (int i = 0; i < planes.length; i++) {
        assertThat(rows[i]).isEqualTo(layout.get(i).height());
      }
      return new Decoded(decoder.header(), plan, planes, notes.list(), in.offset());
    }
  }

  int sample(int plane, int x, int y) {
    return planes[plane][y * plan.layout().planes().get(plane).width() + x] & 0xff;
  }
}
