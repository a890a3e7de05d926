package dev.miniatura.internal.png;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnfilterReferenceTest {

  private static final int MARGIN = Scanlines.MARGIN;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 8})
  void restore_everyFilter_equalsTheSpecification(int distance) {
    Random random = new Random(distance);
    for (int round = 0; round < 400; round++) {
      int length = distance * (1 + random.nextInt(400));
      int spread = 1 << random.nextInt(9);
      byte[] above = row(length, spread, random);
      byte[] row = row(length, spread, random);
      for (int filter = 0; filter < 5; filter++) {
        byte[] expected = row.clone();
        for (int i = MARGIN; i < expected.length; i++) {
          int a = expected[i - distance] & 0xff;
          int c = above[i - distance] & 0xff;
          expected[i] += (byte) PngMaker.predict(filter, a, above[i] & 0xff, c);
        }
        byte[] actual = row.clone();
        Unfilter.restore(filter, above, actual, MARGIN, length, distance);
        assertThat(actual).as("filter %d", filter).isEqualTo(expected);
      }
    }
  }

  private static byte[] row(int length, int spread, Random random) {
    byte[] row = new byte[MARGIN + length];
    for (int i = MARGIN; i < row.length; i++) {
      row[i] = (byte) (128 + random.nextInt(spread) - spread / 2);
    }
    return row;
  }
}
