package dev.miniatura.internal.jpeg.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForwardDctReferenceTest {

  private static final double UNIT = 1.0 / ForwardDct.UNIT;

  /**
   * In T.81's unit: half a result unit from each of the 8 values that the second pass sums and half
   * from its own rounding (0.14), and constants that are off by 2⁻¹⁵, three for each term of up to
   * 510, in either pass (0.09).
   */
  private static final double TOLERANCE = 0.25;

  @Test
  void transform_randomBlocks_matchesDefinition() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] samples = new byte[64];
      random.nextBytes(samples);
      assertMatches(samples);
    }
  }

  @Test
  void transform_extremeBlocks_matchesDefinition() {
    Random random = new Random(2);
    for (int u = 0; u < 8; u++) {
      for (int v = 0; v < 8; v++) {
        byte[] samples = new byte[64];
        for (int i = 0; i < 64; i++) {
          double basis = Math.cos((2 * (i % 8) + 1) * u * Math.PI / 16);
          basis *= Math.cos((2 * (i / 8) + 1) * v * Math.PI / 16);
          samples[i] = (byte) (basis > 0 ? 255 : 0);
        }
        assertMatches(samples);
      }
    }
    for (int i = 0; i < 300; i++) {
      byte[] samples = new byte[64];
      for (int k = 0; k < 64; k++) {
        samples[k] = (byte) (random.nextBoolean() ? 255 : 0);
      }
      assertMatches(samples);
    }
  }

  @Test
  void transform_constantBlock_hasDcOnly() {
    for (int value = 0; value < 256; value++) {
      byte[] samples = new byte[64];
      Arrays.fill(samples, (byte) value);
      int[] block = transform(samples);
      assertThat(block[0] * UNIT).isEqualTo(8.0 * (value - 128));
      assertThat(Arrays.stream(block, 1, 64)).containsOnly(0);
    }
  }

  @Test
  void transform_anyNumberOfBlocks_transformsEach() {
    Random random = new Random(3);
    ForwardDct dct = new ForwardDct();
    int[] lanes = new int[8 * ForwardDct.STRIDE];
    for (int blocks = 1; blocks <= ForwardDct.BLOCKS; blocks++) {
      int stride = 8 * blocks + 4;
      byte[] plane = new byte[stride * 12];
      random.nextBytes(plane);
      dct.transform(plane, 3 + 2 * stride, stride, blocks, lanes);
      for (int b = 0; b < blocks; b++) {
        byte[] samples = new byte[64];
        for (int i = 0; i < 64; i++) {
          samples[i] = plane[3 + 8 * b + stride * (2 + i / 8) + i % 8];
        }
        assertThat(natural(lanes, b)).isEqualTo(transform(samples));
      }
    }
  }

  private static int[] transform(byte[] samples) {
    int[] lanes = new int[8 * ForwardDct.STRIDE];
    new ForwardDct().transform(samples, 0, 8, 1, lanes);
    return natural(lanes, 0);
  }

  private static int[] natural(int[] lanes, int block) {
    int[] natural = new int[64];
    Arrays.setAll(natural, i -> lanes[8 * block + ForwardDct.place(i)]);
    return natural;
  }

  private static void assertMatches(byte[] samples) {
    int[] block = transform(samples);
    double[] expected = definition(samples);
    for (int i = 0; i < 64; i++) {
      assertThat(Math.abs(block[i] * UNIT - expected[i])).isLessThan(TOLERANCE);
    }
  }

  /** T.81 A.3.3 as it stands. */
  private static double[] definition(byte[] samples) {
    double[] result = new double[64];
    for (int v = 0; v < 8; v++) {
      for (int u = 0; u < 8; u++) {
        double sum = 0;
        for (int y = 0; y < 8; y++) {
          for (int x = 0; x < 8; x++) {
            sum +=
                ((samples[8 * y + x] & 0xff) - 128)
                    * Math.cos((2 * x + 1) * u * Math.PI / 16)
                    * Math.cos((2 * y + 1) * v * Math.PI / 16);
          }
        }
        double scale = (u == 0 ? Math.sqrt(0.5) : 1) * (v == 0 ? Math.sqrt(0.5) : 1) / 4;
        result[8 * v + u] = scale * sum;
      }
    }
    return result;
  }
}
