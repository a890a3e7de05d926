package dev.miniatura.internal.raster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {

  @Test
  void clamp_aroundTheRange_isTheNearestSample() {
    for (int value = -1_000; value <= 1_000; value++) {
      assertThat(Samples.clamp(value)).isEqualTo(Math.max(0, Math.min(value, 255)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -65_536})
  void clamp_farBelow_isBlack(int value) {
    assertThat(Samples.clamp(value)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, Integer.MAX_VALUE - 254, 65_536})
  void clamp_farAbove_isWhite(int value) {
    assertThat(Samples.clamp(value)).isEqualTo(255);
  }
}
