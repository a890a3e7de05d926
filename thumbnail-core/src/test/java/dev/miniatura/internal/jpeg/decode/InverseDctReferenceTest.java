package dev.miniatura.internal.jpeg.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.miniatura.internal.jpeg.Zigzag;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparison with T.81, A.3.3, in double precision. */
class InverseDctReferenceTest {

  private static final int[] SIZES = {1, 2, 3, 4, 5, 6, 8};

  /** By size and frequency, in each sample, with the norm: one dimension of T.81, A.3.3. */
  private static final double[][][] COSINES = cosines();

  /** The samples of each coefficient of 1, in zigzag order. */
  private static final double[][] BASIS = basis();

  private static double[][][] cosines() {
    double[][][] cosines = new double[9][8][8];
    for (int size : SIZES) {
      for (int u = 0; u < size; u++) {
        for (int x = 0; x < size; x++) {
          double norm = u == 0 ? Math.sqrt(0.5) : 1;
          cosines[size][u][x] = norm * Math.cos((2 * x + 1) * u * Math.PI / (2 * size));
        }
      }
    }
    return cosines;
  }

  private static double[][] basis() {
    double[][] basis = new double[64][];
    for (int k = 0; k < 64; k++) {
      int[] unit = new int[64];
      unit[k] = 1;
      basis[k] = reference(unit);
    }
    return basis;
  }

  @Test
  void store_fullSize_isWithinOneOfReference() {
    Random random = new Random(1);
    double squares = 0;
    for (int round = 0; round < 5_000; round++) {
      int[] quantized = randomBlock(random, 8);
      double[] expected = reference(quantized);
      byte[] actual = store(8, quantized, ones());
      for (int i = 0; i < 64; i++) {
        double error = (actual[i] & 0xff) - clamp(expected[i] + 128);
        assertThat(Math.abs(error)).as("sample %d", i).isLessThan(0.6);
        squares += error * error;
      }
    }
    // Rounding alone has a mean square of 1/12.
    assertThat(squares / (64 * 5_000)).isLessThan(0.0835);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void store_reducedSizeOfLowFrequencies_isTheirBoxMean(int idctSize) {
    Random random = new Random(idctSize);
    int box = 8 / idctSize;
    int[] quantizers = new int[64];
    for (int k = 0; k < 64; k++) {
      quantizers[k] = 1 + random.nextInt(30);
    }
    for (int round = 0; round < 2_000; round++) {
      int[] quantized = randomBlock(random, idctSize);
      int[] dequantized = new int[64];
      for (int k = 0; k < 64; k++) {
        quantized[k] /= quantizers[k];
        dequantized[k] = quantized[k] * quantizers[k];
      }
      double[] full = reference(dequantized);
      byte[] actual = store(idctSize, quantized, quantizers);
      for (int y = 0; y < idctSize; y++) {
        for (int x = 0; x < idctSize; x++) {
          double mean = 0;
          for (int i = 0; i < box * box; i++) {
            mean += full[(y * box + i / box) * 8 + x * box + i % box] / (box * box);
          }
          double error = (actual[y * idctSize + x] & 0xff) - clamp(mean + 128);
          assertThat(Math.abs(error)).isLessThan(0.7);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 6, 8})
  void store_plainSizes_areSmallerTransforms(int idctSize) {
    Random random = new Random(idctSize);
    for (int round = 0; round < 2_000; round++) {
      int[] quantized = randomBlock(random, idctSize);
      double[] expected = reference(quantized, idctSize);
      byte[] actual = store(idctSize, quantized, ones());
      for (int i = 0; i < actual.length; i++) {
        double error = (actual[i] & 0xff) - clamp(expected[i] + 128);
        assertThat(Math.abs(error)).as("sample %d", i).isLessThan(0.6);
      }
    }
  }

  /** The same as for the other sizes, whose samples need no mean to be compared with. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5, 6})
  void store_extremesOfPlainSizes_matchReference(int idctSize) {
    for (int sample = 0; sample < idctSize * idctSize; sample++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        int[] block = new int[64];
        for (int k = 0; k < 64; k++) {
          if (InverseDct.isNeeded(idctSize, Zigzag.natural(k))) {
            int[] unit = new int[64];
            unit[k] = 1;
            double weight = reference(unit, idctSize)[sample];
            block[k] = sign * (int) Math.rint(Math.signum(weight) * 1_150);
          }
        }
        double[] expected = reference(block, idctSize);
        byte[] actual = store(idctSize, block, ones());
        for (int at = 0; at < actual.length; at++) {
          assertThat((double) (actual[at] & 0xff))
              .isCloseTo(clamp(expected[at] + 128), within(1.0));
        }
      }
    }
  }

  @Test
  void store_extremeCoefficients_clampsToTheRange() {
    for (int idctSize : SIZES) {
      int[] bright = new int[64];
      bright[0] = 32_767;
      int[] dark = new int[64];
      dark[0] = -32_768;
      assertThat(store(idctSize, bright, ones())).containsOnly(255);
      assertThat(store(idctSize, dark, ones())).containsOnly(0);
    }
  }

  /**
   * The blocks of samples of ±128, each coefficient off by half a step of 255, that bring some
   * sample as far from 0 as a well-formed block can: a sum that overflowed the int would be wrong.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void store_extremesOfWellFormedBlocks_matchReference(int idctSize) {
    int box = 8 / idctSize;
    for (int sample = 0; sample < 64; sample++) {
      double[] weights = new double[64]; // of the coefficients in that sample
      for (int k = 0; k < 64; k++) {
        if (InverseDct.isNeeded(idctSize, Zigzag.natural(k))) {
          weights[k] = BASIS[k][sample];
        }
      }
      double[] pattern = referenceOfWeights(weights);
      for (int sign = -1; sign <= 1; sign += 2) {
        int[] block = new int[64];
        for (int k = 0; k < 64; k++) {
          double coefficient = 127.5 * Math.signum(weights[k]);
          for (int i = 0; i < 64; i++) {
            coefficient += 128 * Math.signum(pattern[i]) * BASIS[k][i];
          }
          boolean needed = InverseDct.isNeeded(idctSize, Zigzag.natural(k));
          block[k] = needed ? sign * (int) Math.rint(coefficient) : 0;
        }
        double[] full = reference(block);
        byte[] actual = store(idctSize, block, ones());
        for (int at = 0; at < idctSize * idctSize; at++) {
          double mean = 0;
          for (int i = 0; i < box * box; i++) {
            int y = at / idctSize * box + i / box;
            int x = at % idctSize * box + i % box;
            mean += full[8 * y + x] / (box * box);
          }
          assertThat((double) (actual[at] & 0xff)).isCloseTo(clamp(mean + 128), within(1.0));
        }
      }
    }
  }

  /** Returns the samples' weights for weights of the coefficients. */
  private static double[] referenceOfWeights(double[] zigzag) {
    double[] samples = new double[64];
    for (int k = 0; k < 64; k++) {
      for (int i = 0; i < 64; i++) {
        samples[i] += zigzag[k] * BASIS[k][i];
      }
    }
    return samples;
  }

  /** A malformed block may wrap around, which does no harm. */
  @Test
  void store_anyInts_doesNotThrow() {
    Random random = new Random(5);
    for (int round = 0; round < 100; round++) {
      for (int idctSize : SIZES) {
        IdctBatch batch = new IdctBatch(idctSize);
        Arrays.setAll(batch.lanes, i -> random.nextInt());
        int stride = IdctBatch.BLOCKS * idctSize;
        batch.store(IdctBatch.BLOCKS, new byte[stride * idctSize], 0, stride);
      }
    }
  }

  /** Coefficients in zigzag order of a block with samples of about −128 to 127. */
  private static int[] randomBlock(Random random, int idctSize) {
    int[] block = new int[64];
    block[0] = random.nextInt(1_600) - 800;
    for (int k = 1; k < 64; k++) {
      if (InverseDct.isNeeded(idctSize, Zigzag.natural(k)) && random.nextInt(3) == 0) {
        block[k] = (int) (random.nextGaussian() * 300 / (1 + k));
      }
    }
    return block;
  }

  private static byte[] store(int idctSize, int[] zigzag, int[] quantization) {
    int[] dequantizer = InverseDct.dequantizer(idctSize, quantization);
    IdctBatch batch = new IdctBatch(idctSize);
    int block = 5; // of seven, so that there are neighbors and an odd count
    for (int k = 0; k <= InverseDct.lastNeeded(idctSize); k++) {
      batch.lanes[batch.places[k + 1] + block] = zigzag[k] * dequantizer[k];
    }
    int stride = 7 * idctSize;
    byte[] out = new byte[stride * idctSize];
    batch.store(7, out, 0, stride);
    assertThat(Arrays.stream(batch.lanes).allMatch(lane -> lane == 0)).isTrue();
    int changed = 0; // samples of neighbors
    byte[] result = new byte[idctSize * idctSize];
    for (int y = 0; y < idctSize; y++) {
      for (int x = 0; x < stride; x++) {
        byte sample = out[y * stride + x];
        if (x / idctSize == block) {
          result[y * idctSize + x % idctSize] = sample;
        } else if (sample != (byte) 128) {
          changed++;
        }
      }
    }
    assertThat(changed).isZero();
    return result;
  }

  private static double[] reference(int[] zigzag) {
    return reference(zigzag, 8);
  }

  /** Samples of the N × N lowest frequencies, taken N times per block and direction. */
  private static double[] reference(int[] zigzag, int size) {
    double[] coefficients = new double[64];
    for (int k = 0; k < 64; k++) {
      coefficients[Zigzag.natural(k)] = zigzag[k];
    }
    double[][] cosines = COSINES[size];
    double[] samples = new double[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double sum = 0;
        for (int v = 0; v < size; v++) {
          for (int u = 0; u < size; u++) {
            sum += coefficients[8 * v + u] * cosines[u][x] * cosines[v][y];
          }
        }
        samples[size * y + x] = sum / 4;
      }
    }
    return samples;
  }

  private static double clamp(double value) {
    return Math.max(0, Math.min(255, value));
  }

  private static int[] ones() {
    int[] ones = new int[64];
    Arrays.fill(ones, 1);
    return ones;
  }
}
