package dev.miniatura.internal.icon;

import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A picture of one plane in memory, which is looked at before it is shown. */
final class HeldPicture implements RowSink {

  private @Nullable RasterLayout layout;
  private byte[] samples = {};

  private RasterLayout layout() {
    return Objects.requireNonNull(layout, "no layout was announced");
  }

  @Override
  public void begin(RasterLayout announced) {
    layout = announced;
    samples = new byte[Math.multiplyExact(rowBytes(), announced.height())];
  }

  private int rowBytes() {
    return Math.multiplyExact(layout().width(), layout().channels());
  }

  @Override
  public void row(int plane, int y, byte[] row, int offset) {
    System.arraycopy(row, offset, samples, y * rowBytes(), rowBytes());
  }

  /** Returns whether the picture is completely transparent. */
  boolean isBlank() {
    if (!layout().alpha()) {
      return false;
    }
    int channels = layout().channels();
    for (int at = channels - 1; at < samples.length; at += channels) {
      if (samples[at] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Delivers the picture as a version of one of another size. */
  void push(RowSink sink, int width, int height) throws IOException {
    sink.begin(layout().of(width, height));
    for (int y = 0; y < layout().height(); y++) {
      sink.row(0, y, samples, y * rowBytes());
    }
  }
}
