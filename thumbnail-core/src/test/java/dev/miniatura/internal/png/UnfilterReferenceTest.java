package dev.miniatura.internal.png;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.PngWriter;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnfilterReferenceTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 8})
  void restore_everyFilter_equalsTheSpecification(int distance) {
    Random random = new Random(distance);
    for (int round = 0; round < 400; round++) {
      int length = distance * (1 + random.nextInt(400));
      int spread = 1 << random.nextInt(9);
      int from = random.nextInt(9);
      byte[] in = bytes(from + length, spread, random);
      byte[] above = bytes(length, spread, random);
      for (int filter = 0; filter < 5; filter++) {
        byte[] expected = new byte[length];
        for (int i = 0; i < length; i++) {
          int a = i < distance ? 0 : expected[i - distance] & 0xff;
          int c = i < distance ? 0 : above[i - distance] & 0xff;
          int predicted = PngWriter.predict(filter, a, above[i] & 0xff, c);
          expected[i] = (byte) (in[from + i] + predicted);
        }
        byte[] actual = bytes(length, 256, random);
        Unfilter.restore(filter, in, from, above, actual, length, distance);
        assertThat(Arrays.copyOf(actual, length)).as("filter %d", filter).isEqualTo(expected);
      }
    }
  }

  /** Returns so many bytes around 128, and the slack behind them, filled with anything. */
  private static byte[] bytes(int length, int spread, Random random) {
    byte[] bytes = new byte[length + Unfilter.SLACK];
    random.nextBytes(bytes);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (128 + random.nextInt(spread) - spread / 2);
    }
    return bytes;
  }
}
