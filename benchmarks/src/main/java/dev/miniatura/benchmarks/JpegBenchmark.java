package dev.miniatura.benchmarks;

import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.Kernel;
import dev.miniatura.Limits;
import dev.miniatura.RenderPlan;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.jpeg.decode.JpegDecoder;
import dev.miniatura.internal.jpeg.encode.JpegEncoder;
import dev.miniatura.internal.jpeg.encode.JpegOptions;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * JPEG to JPEG, baseline or progressive like the photo: the whole path, and its stages separately.
 * The stages do the same as the whole path with an upright sRGB photo.
 *
 * <pre>{@code
 * mvn -B -q -pl benchmarks -am package -DskipTests
 * java -Dphotos=DIR -jar benchmarks/target/benchmarks.jar JpegBenchmark -p side=256
 * java -jar benchmarks/target/benchmarks.jar JpegBenchmark.decode -p photo=landscape.jpg
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JpegBenchmark {

  @Param({"128", "256", "400", "1024"})
  public int side;

  /** Name of a file in the folder of photos; {@link Main} fills in all that are JPEG. */
  @Param("landscape.jpg")
  public String photo = "";

  private final Thumbnailer thumbnailer = Thumbnailer.create();
  private final DecodedRows rows = new DecodedRows();
  private byte[] source = {};
  private int width;
  private int height;
  private @Nullable Raster raster;

  @Setup
  public void load() throws IOException {
    source = Photos.read(Photos.folder().resolve(photo));
    RenderPlan plan = thumbnailer.plan(ImageSource.of(source), List.of(spec()));
    ImageInfo info = plan.source();
    RenderPlan.Output output = plan.outputs().get(0);
    boolean swapped = info.orientation() > 4;
    width = swapped ? output.height() : output.width();
    height = swapped ? output.width() : output.height();
    decode(rows);
    raster = rows.resampled(width, height, Kernel.LANCZOS3, true);
  }

  @Benchmark
  public Thumbnail whole() throws IOException {
    return thumbnailer.render(ImageSource.of(source), spec());
  }

  @Benchmark
  public int decode() throws IOException {
    DecodedRows.Ignored sink = new DecodedRows.Ignored();
    decode(sink);
    return sink.sum();
  }

  @Benchmark
  public Raster resample() {
    return rows.resampled(width, height, Kernel.LANCZOS3, true);
  }

  @Benchmark
  public byte[] encode() {
    return JpegEncoder.encode(Objects.requireNonNull(raster), JpegOptions.baseline(80));
  }

  private ThumbnailSpec spec() {
    return ThumbnailSpec.fit(side, side);
  }

  private void decode(RowSink sink) throws IOException {
    Limits limits = Limits.defaults();
    Deadline deadline = new Deadline(limits.time());
    try (InputWindow in = InputWindow.open(ImageSource.of(source), limits, deadline)) {
      JpegDecoder decoder = JpegDecoder.open(in, limits);
      decoder.plan(width, height).decode(sink, new Notes());
    }
  }
}
