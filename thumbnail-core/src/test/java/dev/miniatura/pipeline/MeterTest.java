package dev.miniatura.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.miniatura.ImageSource;
import dev.miniatura.internal.io.RangedInput;
import dev.miniatura.pipeline.Meter.Phase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void measure_rendering_isDividedWhereTheSourceIsClosed() throws IOException {
    Meter meter = new Meter();
    ImageSource source = meter.measured(ImageSource.of(new byte[] {1, 2, 3}));
    meter.measure(Phase.CHECK, () -> 0);
    meter.measure(
        Phase.RENDER,
        () -> {
          try (InputStream in = source.open()) {
            sleep(20);
            in.readAllBytes();
          }
          sleep(60);
          return 0;
        });
    Outcome.Timing timing = meter.timing();
    assertThat(timing.decode()).isGreaterThanOrEqualTo(Duration.ofMillis(19));
    assertThat(timing.encode()).isGreaterThanOrEqualTo(Duration.ofMillis(59));
    assertThat(timing.bytesIn()).isEqualTo(3);
  }

  @Test
  void timing_renderingThatFails_isDecoding() {
    Meter meter = new Meter();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                meter.measure(
                    Phase.RENDER,
                    () -> {
                      sleep(5);
                      throw new IOException("broken");
                    }));
    assertThat(meter.timing().decode()).isGreaterThanOrEqualTo(Duration.ofMillis(4));
    assertThat(meter.timing().encode()).isZero();
  }

  /** A stream that is slow to open, and records whether it was closed. */
  private static final class Slow extends ByteArrayInputStream {
    private boolean closed;

    Slow(int length) throws IOException {
      super(new byte[length]);
      sleep(30);
    }

    @Override
    public void close() throws IOException {
      sleep(10);
      closed = true;
    }
  }

  @Test
  void measure_callsInsideCalls_countEveryMomentOnce() throws IOException {
    long start = System.nanoTime();
    Meter meter = new Meter();
    List<Slow> opened = new ArrayList<>();
    ImageSource source =
        meter.measured(
            () -> {
              Slow stream = new Slow(3);
              opened.add(stream);
              return stream;
            });
    for (int i = 0; i < 2; i++) {
      meter.measure(
          Phase.CHECK,
          () -> {
            sleep(30);
            return 0;
          });
    }
    meter.measure(
        Phase.RENDER,
        () -> {
          InputStream in = source.open();
          assertThat(in.available()).isEqualTo(3);
          assertThat(in.read()).isZero();
          assertThat(in.readAllBytes()).hasSize(2);
          assertThat(in.read()).isNegative();
          assertThat(in.read()).isNegative();
          sleep(20);
          in.close();
          sleep(30);
          return 0;
        });
    Outcome.Timing timing = meter.timing();
    Duration all = Duration.ofNanos(System.nanoTime() - start);
    assertThat(timing.check()).isGreaterThanOrEqualTo(Duration.ofMillis(58));
    assertThat(timing.get()).isGreaterThanOrEqualTo(Duration.ofMillis(38));
    assertThat(timing.decode()).isGreaterThanOrEqualTo(Duration.ofMillis(19));
    assertThat(timing.encode()).isGreaterThanOrEqualTo(Duration.ofMillis(29));
    assertThat(timing.put()).isZero();
    assertThat(timing.check().plus(timing.get()).plus(timing.decode()).plus(timing.encode()))
        .isLessThanOrEqualTo(all);
    assertThat(timing.bytesIn()).isEqualTo(3);
    assertThat(opened).hasSize(1).allMatch(stream -> stream.closed);
  }

  /** A stream that answers requests slowly, and records them. */
  private static final class Ranged extends ByteArrayInputStream implements RangedInput {
    private final List<String> requests = new ArrayList<>();

    Ranged() {
      super(new byte[100]);
    }

    @Override
    public long requestedTo() {
      return 42;
    }

    @Override
    public void request(long from, long to) throws IOException {
      sleep(30);
      requests.add(from + "-" + to);
    }
  }

  @Test
  void measured_streamOfRanges_passesRequestsOnAndCountsThemAsReading() throws IOException {
    Meter meter = new Meter();
    Ranged ranged = new Ranged();
    ImageSource source = meter.measured(() -> ranged);
    meter.measure(
        Phase.RENDER,
        () -> {
          try (InputStream in = source.open()) {
            assertThat(in).isInstanceOf(RangedInput.class);
            RangedInput ranges = (RangedInput) in;
            assertThat(ranges.requestedTo()).isEqualTo(42);
            ranges.request(50, 60);
          }
          return 0;
        });
    assertThat(ranged.requests).containsExactly("50-60");
    assertThat(meter.timing().get()).isGreaterThanOrEqualTo(Duration.ofMillis(29));
    assertThat(meter.timing().decode()).isLessThan(meter.timing().get());
  }
}
