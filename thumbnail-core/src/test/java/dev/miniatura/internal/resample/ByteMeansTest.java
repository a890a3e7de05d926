package dev.miniatura.internal.resample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteMeansTest {

  @Test
  void everyMeanIsTheExactOneRounded() {
    for (int samples = 1; samples <= ByteMeans.MAX_SAMPLES; samples++) {
      int factor = ByteMeans.factor(samples);
      for (int sum = 0; sum <= 255 * samples; sum++) {
        long exact = Math.floorDiv(2L * sum * (1 << TransferFunction.BITS) + samples, 2L * samples);
        assertThat(ByteMeans.mean(sum, factor)).as("%d / %d", sum, samples).isEqualTo((int) exact);
      }
    }
  }
}
