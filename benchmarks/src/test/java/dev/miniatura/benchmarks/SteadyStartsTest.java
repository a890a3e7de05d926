package dev.miniatura.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SteadyStartsTest {

  @Test
  void rendersUntilNear_slowFirst_countsWhatComesBefore() {
    double[] times = new double[40];
    Arrays.fill(times, 10);
    Arrays.fill(times, 0, 12, 20);
    times[30] = 50; // an outlier moves no median

    // The median of nine falls once five of them are fast
    assertThat(SteadyStarts.rendersUntilNear(SteadyStarts.medians(times))).isEqualTo(8);
  }

  @Test
  void rendersUntilNear_allAlike_isZero() {
    double[] times = new double[20];
    Arrays.fill(times, 10);

    assertThat(SteadyStarts.rendersUntilNear(SteadyStarts.medians(times))).isZero();
  }
}
