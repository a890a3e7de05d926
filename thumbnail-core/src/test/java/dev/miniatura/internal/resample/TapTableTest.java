package dev.miniatura.internal.resample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.Kernel;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TapTableTest {

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void weights_randomGeometry_sumToOneAndStayBelowTwo(Kernel kernel) {
    Random random = new Random(3);
    for (int round = 0; round < 3000; round++) {
      Axis axis = axis(kernel, random);
      TapTable table = new TapTable(axis);
      for (int i = 0; i < axis.outputs; i++) {
        int sum = 0;
        int absolute = 0;
        for (int t = 0; t < table.taps; t++) {
          sum += table.weights[i * table.taps + t];
          absolute += Math.abs(table.weights[i * table.taps + t]);
        }
        assertThat(sum).isEqualTo(1 << TapTable.BITS);
        assertThat(absolute).isLessThan(2 << TapTable.BITS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void starts_randomGeometry_ascendWithinBoxes(Kernel kernel) {
    Random random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      Axis axis = axis(kernel, random);
      TapTable table = new TapTable(axis);
      assertThat(table.taps).isBetween(1, axis.boxes);
      assertThat(table.starts).isSorted();
      assertThat(table.starts[0]).isNotNegative();
      assertThat(table.starts[axis.outputs - 1] + table.taps).isLessThanOrEqualTo(axis.boxes);
    }
  }

  private static Axis axis(Kernel kernel, Random random) {
    int samples = 1 + (int) Math.pow(5000, random.nextDouble());
    double extent = random.nextBoolean() ? samples : samples - random.nextDouble() * 0.999;
    int outputs = 1 + (int) Math.pow(300, random.nextDouble());
    double start = random.nextBoolean() ? 0 : random.nextDouble() * extent;
    double end = start + (extent - start) * (random.nextBoolean() ? 1 : random.nextDouble());
    double ratio = Math.max(1e-6, (end - start) / outputs);
    double phase = random.nextInt(3) / 2.0; // halved chroma reaches half a sample beyond the window
    start -= phase > 0.5 ? ratio / 2 : 0;
    boolean blockMean = random.nextBoolean();
    int channels = 1 + random.nextInt(4);
    return new Axis(kernel, channels, samples, extent, blockMean, start, ratio, outputs);
  }
}
