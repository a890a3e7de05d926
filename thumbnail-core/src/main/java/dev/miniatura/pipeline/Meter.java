package dev.miniatura.pipeline;

import dev.miniatura.ImageSource;
import dev.miniatura.internal.io.RangedInput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** Measures one item: not thread-safe, as an item is processed by one thread. */
final class Meter {

  /** A phase of the work. */
  enum Phase {
    CHECK,
    GET,
    RENDER,
    PUT
  }

  /** A call to be measured. */
  interface Call<T> {
    T run() throws IOException;
  }

  private final Map<Phase, Duration> spent = new EnumMap<>(Phase.class);
  private Duration decoded = Duration.ZERO; // the part of rendering until the source was closed
  private long renderStart; // from nanoTime
  private long countedAtRenderStart;
  private long counted; // nanoseconds, of all phases
  private long bytesIn;
  private long bytesOut;

  /** Runs a call, and counts its time minus that of the calls measured inside it. */
  <T> T measure(Phase phase, Call<T> call) throws IOException {
    long before = counted;
    long start = System.nanoTime();
    if (phase == Phase.RENDER) {
      renderStart = start;
      countedAtRenderStart = before;
    }
    try {
      return call.run();
    } finally {
      long elapsed = System.nanoTime() - start;
      long inside = counted - before;
      spent.merge(phase, Duration.ofNanos(elapsed - inside), Duration::plus);
      counted = before + elapsed;
    }
  }

  void written(long bytes) {
    bytesOut += bytes;
  }

  /** Returns the same source, measured. */
  ImageSource measured(ImageSource source) {
    return new ImageSource() {
      @Override
      public InputStream open() throws IOException {
        InputStream stream = measure(Phase.GET, source::open);
        return stream instanceof RangedInput ranges
            ? new MeasuredRanges(stream, ranges)
            : new Measured(stream);
      }

      @Override
      public OptionalLong length() {
        return source.length();
      }
    };
  }

  Outcome.Timing timing() {
    return new Outcome.Timing(
        spent(Phase.CHECK),
        spent(Phase.GET),
        spent(Phase.RENDER).minus(encode()),
        encode(),
        spent(Phase.PUT),
        bytesIn,
        bytesOut);
  }

  /** Returns the part of the rendering that came after the source was closed. */
  private Duration encode() {
    return decoded.isZero() ? Duration.ZERO : spent(Phase.RENDER).minus(decoded);
  }

  private Duration spent(Phase phase) {
    return spent.getOrDefault(phase, Duration.ZERO);
  }

  private final class MeasuredRanges extends Measured implements RangedInput {
    private final RangedInput ranges;

    MeasuredRanges(InputStream stream, RangedInput ranges) {
      super(stream);
      this.ranges = ranges;
    }

    @Override
    public long requestedTo() {
      return ranges.requestedTo();
    }

    @Override
    public void request(long from, long to) throws IOException {
      measure(
          Phase.GET,
          () -> {
            ranges.request(from, to);
            return true;
          });
    }
  }

  private class Measured extends InputStream {
    private final InputStream stream;

    Measured(InputStream stream) {
      this.stream = stream;
    }

    @Override
    public int read() throws IOException {
      int next = measure(Phase.GET, stream::read);
      bytesIn += next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = measure(Phase.GET, () -> stream.read(target, offset, length));
      bytesIn += Math.max(count, 0);
      return count;
    }

    @Override
    public int available() throws IOException {
      return stream.available();
    }

    @Override
    public void close() throws IOException {
      measure(
          Phase.GET,
          () -> {
            stream.close();
            return true;
          });
      long inside = counted - countedAtRenderStart;
      decoded = Duration.ofNanos(System.nanoTime() - renderStart - inside);
    }
  }
}
