package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.Kernel;
import dev.miniatura.Limits;
import dev.miniatura.OutputFormat;
import dev.miniatura.RenderPlan;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.png.PngDecoder;
import dev.miniatura.internal.png.PngEncoder;
import dev.miniatura.internal.png.PngOptions;
import dev.miniatura.internal.raster.ImageDecoder;
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
 * PNG to JPEG and to PNG: the whole path, and its stages separately, for pictures that need neither
 * rotation nor color conversion. The time of decoding beyond {@link InflateBenchmark} is that of
 * reversing the filters.
 *
 * <pre>{@code
 * mvn -B -q -pl benchmarks -am package -DskipTests
 * java -Dphotos=DIR -jar benchmarks/target/benchmarks.jar PngBenchmark
 * java -jar benchmarks/target/benchmarks.jar PngBenchmark.encode -p photo=palette.png
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PngBenchmark {

  private static final int SIDE = 256;

  /** Name of a file in the folder of photos; {@link Main} fills in all that are PNG. */
  @Param("palette.png")
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
    RenderPlan plan =
        thumbnailer.plan(ImageSource.of(source), List.of(ThumbnailSpec.fit(SIDE, SIDE)));
    width = plan.outputs().get(0).width();
    height = plan.outputs().get(0).height();
    decode(rows);
    raster = resample();
  }

  @Benchmark
  public Thumbnail toJpeg() throws IOException {
    return to(OutputFormat.JPEG);
  }

  @Benchmark
  public Thumbnail toPng() throws IOException {
    return to(OutputFormat.PNG);
  }

  @Benchmark
  public int decode() throws IOException {
    DecodedRows.Ignored sink = new DecodedRows.Ignored();
    decode(sink);
    return sink.sum();
  }

  @Benchmark
  public Raster resample() {
    return rows.resampled(width, height, Kernel.LANCZOS3, false);
  }

  @Benchmark
  public byte[] encode() {
    return PngEncoder.encode(Objects.requireNonNull(raster), PngOptions.DEFAULT);
  }

  private Thumbnail to(OutputFormat format) throws IOException {
    ThumbnailSpec spec = ThumbnailSpec.fit(SIDE, SIDE).format(format);
    return thumbnailer.render(ImageSource.of(source), spec);
  }

  private void decode(RowSink sink) throws IOException {
    Limits limits = Limits.defaults();
    Deadline deadline = new Deadline(limits.time());
    try (InputWindow in = InputWindow.open(ImageSource.of(source), limits, deadline)) {
      ImageDecoder decoder = PngDecoder.open(in, limits);
      decoder.plan(width, height).decode(sink, new Notes());
    }
  }
}
