package dev.miniatura.benchmarks;

import dev.miniatura.OutputFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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

/** The benchmark of {@link Guard}: renders a picture to a JPEG thumbnail, from bytes to bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1_500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class GuardBenchmark {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /**
   * The thread's processor time, which other programs on the machine affect less than elapsed time.
   */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Processor {
    public double milliseconds;
    public double thumbnails;
  }

  @Param("miniatura")
  public String engine = "";

  @Param("landscape.jpg")
  public String photo = "";

  @Param("256")
  public int side;

  private byte[] source = {};
  private Engine library = Engine.MINIATURA;

  @Setup
  public void load() {
    source = Photos.read(Photos.folder().resolve(photo));
    library = Engine.of(engine);
  }

  @Benchmark
  public byte[] thumbnail(Processor processor) throws IOException {
    long start = THREADS.getCurrentThreadCpuTime();
    byte[] thumbnail = library.thumbnail(source, side, OutputFormat.JPEG);
    processor.milliseconds += (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
    processor.thumbnails++;
    return thumbnail;
  }
}
