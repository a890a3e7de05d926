package dev.miniatura.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StatisticsTest {

  @Test
  void geometricMean_halfAndDouble_isOne() {
    assertThat(Statistics.geometricMean(List.of(0.5, 2.0))).isCloseTo(1, within(1e-12));
  }

  @Test
  void geometricMean_ofThree_isCubeRootOfProduct() {
    assertThat(Statistics.geometricMean(List.of(1.0, 3.0, 9.0))).isCloseTo(3, within(1e-12));
  }

  @Test
  void median_unsorted_isMiddle() {
    assertThat(Statistics.median(new double[] {9, 1, 5})).isEqualTo(5);
    assertThat(Statistics.median(new double[] {9, 1, 5, 6})).isEqualTo(5.5);
  }

  @Test
  void medianAndBest_nothingMeasured_areNotANumber() {
    assertThat(Statistics.median(new double[0])).isNaN();
    assertThat(Statistics.best(new double[0])).isNaN();
  }
}
