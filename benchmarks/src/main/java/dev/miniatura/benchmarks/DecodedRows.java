package dev.miniatura.benchmarks;

import dev.miniatura.Kernel;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.resample.ResampleTarget;
import dev.miniatura.internal.resample.Resampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A decoded picture, row by row, and its thumbnail. */
final class DecodedRows implements RowSink {

  private record Row(int plane, int y, @SuppressWarnings("ArrayRecordComponent") byte[] samples) {}

  /** Receives rows and drops them. */
  static final class Ignored implements RowSink {

    private int sum;

    @Override
    public void begin(RasterLayout layout) {}

    @Override
    public void row(int plane, int y, byte[] samples, int offset) {
      sum += samples[offset];
    }

    /** Returns something that depends on the rows, so that decoding them is not optimized away. */
    int sum() {
      return sum;
    }
  }

  private final List<Row> rows = new ArrayList<>();
  private @Nullable RasterLayout layout;

  @Override
  public void begin(RasterLayout announced) {
    layout = announced;
  }

  @Override
  public void row(int plane, int y, byte[] samples, int offset) {
    Plane stored = Objects.requireNonNull(layout).planes().get(plane);
    int length = stored.width() * stored.channels();
    rows.add(new Row(plane, y, Arrays.copyOfRange(samples, offset, offset + length)));
  }

  /** Returns the picture resampled, with halved chroma or without. */
  Raster resampled(int width, int height, Kernel kernel, boolean halveChroma) {
    RasterLayout decoded = Objects.requireNonNull(layout);
    ResampleTarget target =
        new ResampleTarget(
            0, 0, decoded.width(), decoded.height(), width, height, halveChroma, 0, 0);
    Resampler resampler = new Resampler(decoded, target, kernel, false);
    for (Row row : rows) {
      resampler.row(row.plane, row.y, row.samples, 0);
    }
    return resampler.finish();
  }
}
