package dev.miniatura.benchmarks;

import dev.miniatura.OutputFormat;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * A picture to a JPEG of at most 256 pixels, bytes to bytes: this library and its Java peers.
 *
 * <pre>{@code
 * mvn -B -q -pl benchmarks -am package -DskipTests
 * java -jar benchmarks/target/benchmarks.jar ThumbnailBenchmark -prof gc
 * java -Dphotos=DIR -jar benchmarks/target/benchmarks.jar ThumbnailBenchmark -p engine=miniatura
 * }</pre>
 *
 * <p>Average time is milliseconds per thumbnail. In throughput mode the counter {@code kilobytes}
 * is kilobytes of compressed input per millisecond, that is MB/s. With {@code -prof gc}, {@code
 * gc.alloc.rate.norm} is bytes allocated per thumbnail.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.Throughput})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ThumbnailBenchmark {

  /** Counts the compressed input. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Input {
    public double kilobytes;
  }

  @Param({"miniatura", "thumbnailator", "imgscalr", "imageio-subsampled"})
  public String engine = "";

  /** Name of a file in the folder of photos; {@link Main} fills in all of them. */
  @Param("landscape.jpg")
  public String photo = "";

  private byte[] source = {};
  private Engine library = Engine.MINIATURA;

  @Setup
  public void load() {
    source = Photos.read(Photos.folder().resolve(photo));
    library = Engine.of(engine);
  }

  @Benchmark
  public byte[] thumbnail(Input input) throws IOException {
    input.kilobytes += source.length / 1000.0;
    return library.thumbnail(source, 256, OutputFormat.JPEG);
  }
}
