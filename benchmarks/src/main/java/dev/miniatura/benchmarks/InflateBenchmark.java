package dev.miniatura.benchmarks;

import dev.miniatura.internal.inflate.CompressedInput;
import dev.miniatura.internal.inflate.ZlibWindow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
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
 * The image data of a PNG, decompressed by our own code and by {@code java.util.zip.Inflater}, 64
 * KiB at a time, both with the check of Adler-32. Ours is worth keeping while it takes two thirds
 * of the time or less on photos.
 *
 * <pre>{@code
 * mvn -B -q -pl benchmarks -am package -DskipTests
 * java -Dphotos=DIR -jar benchmarks/target/benchmarks.jar InflateBenchmark
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InflateBenchmark {

  private static final int STEP = 64 << 10;
  private static final int SIGNATURE_BYTES = 8;
  private static final int IDAT = 0x49444154;

  /** Name of a file in the folder of photos; {@link Main} fills in all that are PNG. */
  @Param("palette.png")
  public String photo = "";

  private byte[] data = {};

  /** A stream in one piece. */
  private static final class Whole extends CompressedInput {

    private final byte[] data;

    Whole(byte[] data) {
      super("PNG");
      this.data = data;
    }

    @Override
    public boolean next() {
      boolean first = limit == 0;
      array = data;
      limit = data.length;
      return first;
    }

    @Override
    public long offset() {
      return position;
    }
  }

  /** Joins what the IDAT chunks hold. */
  @Setup
  public void load() {
    ByteBuffer png = ByteBuffer.wrap(Photos.read(Photos.folder().resolve(photo)));
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    png.position(SIGNATURE_BYTES);
    while (png.hasRemaining()) {
      byte[] chunk = new byte[png.getInt()];
      int type = png.getInt();
      png.get(chunk).getInt(); // CRC
      if (type == IDAT) {
        joined.writeBytes(chunk);
      }
    }
    data = joined.toByteArray();
  }

  @Benchmark
  public long ours() throws IOException {
    ZlibWindow window = new ZlibWindow(new Whole(data), STEP);
    long total = 0;
    int length = window.require(STEP);
    while (length > 0) {
      total += length;
      window.position += length;
      length = window.require(STEP);
    }
    return total;
  }

  @Benchmark
  public long jdk() throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      byte[] window = new byte[STEP];
      while (!inflater.finished()) {
        inflater.inflate(window);
      }
      return inflater.getBytesWritten();
    } finally {
      inflater.end();
    }
  }
}
