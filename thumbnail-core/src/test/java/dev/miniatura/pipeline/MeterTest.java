package dev.miniatura.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.miniatura.ImageSource;
import dev.miniatura.pipeline.Meter.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
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
}
