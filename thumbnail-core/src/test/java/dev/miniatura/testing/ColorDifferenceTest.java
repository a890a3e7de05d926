package dev.miniatura.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class ColorDifferenceTest {

  /** Pairs and results from the data that Sharma, Wu and Dalal published with their paper. */
  private static final double[][] PUBLISHED = {
    {50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425},
    {50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000},
    {50, 0, 0, 50, -1, 2, 2.3669},
    {50, 2.4900, -0.0010, 50, -2.4900, 0.0009, 7.1792},
    {50, 2.4900, -0.0010, 50, -2.4900, 0.0011, 7.2195},
    {50, 2.5, 0, 73, 25, -18, 27.1492},
    {60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644},
    {63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630},
    {22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373},
    {2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082}
  };

  @Test
  void ciede2000_publishedPairs_match() {
    for (double[] row : PUBLISHED) {
      double[] first = {row[0], row[1], row[2]};
      double[] second = {row[3], row[4], row[5]};
      assertThat(ColorDifference.ciede2000(first, second)).isCloseTo(row[6], offset(1e-4));
      assertThat(ColorDifference.ciede2000(second, first)).isCloseTo(row[6], offset(1e-4));
    }
  }

  @Test
  void cie76_blackAndWhite_isHundred() {
    assertThat(ColorDifference.cie76(new int[] {0, 0, 0}, new int[] {255, 255, 255}))
        .isCloseTo(100, offset(0.01));
  }
}
