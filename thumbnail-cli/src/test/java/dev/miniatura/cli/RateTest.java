package dev.miniatura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rate is a maximum, so times have only a lower bound. */
@Timeout(60)
class RateTest {

  private static Duration timeOf(Rate rate, int images) {
    long start = System.nanoTime();
    for (int i = 0; i < images; i++) {
      rate.await();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void await_lets50InASecondPass() {
    assertThat(timeOf(new Rate(50), 6)).isGreaterThanOrEqualTo(Duration.ofMillis(99));
  }

  @Test
  void await_afterAPause_doesNotCatchUp() throws InterruptedException {
    Rate rate = new Rate(50);
    Thread.sleep(150);
    assertThat(timeOf(rate, 6)).isGreaterThanOrEqualTo(Duration.ofMillis(99));
  }

  @Test
  void await_interrupted_returnsAtOnceAndStaysSo() {
    Rate rate = new Rate(0.001);
    rate.await();
    Thread.currentThread().interrupt();
    rate.await();
    assertThat(Thread.interrupted()).isTrue();
  }
}
