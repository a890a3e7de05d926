package dev.miniatura.heic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the fast transforms with the products of matrices that H.265, 8.6.4.2, defines. */
class InverseTransformTest {

  private static final int[][] DST = {
    {29, 55, 74, 84}, {74, 74, 0, -74}, {84, -29, -74, 55}, {55, -84, 74, -29}
  };

  /** The first column of transMatrix, rows 0 to 31 (equation 8-289): all others follow from it. */
  private static final int[] FIRST_COLUMN = {
    64, 90, 90, 90, 89, 88, 87, 85, 83, 82, 80, 78, 75, 73, 70, 67, 64, 61, 57, 54, 50, 46, 43, 38,
    36, 31, 25, 22, 18, 13, 9, 4
  };

  private final Random random = new Random(1);
  private final InverseTransform transform = new InverseTransform();

  @Test
  void makesTheResidualOfTheSpecification() {
    for (int i = 0; i < 4000; i++) {
      int log2 = 2 + i % 4;
      int depth = 8 + random.nextInt(9);
      boolean dst = log2 == 2 && random.nextBoolean();
      int width = part(1 << log2);
      int height = width == 1 ? 1 : part(1 << log2);
      if (height == 1) {
        width = 1;
      }
      int[] block = coefficients(log2, width, height);
      int[] expected = product(block, log2, dst, depth);
      short[] plane = new short[40 * 40];
      short[] summed = new short[40 * 40];
      for (int k = 0; k < plane.length; k++) {
        plane[k] = (short) random.nextInt(1 << depth);
        summed[k] = plane[k];
      }
      for (int k = 0; k < expected.length; k++) {
        int at = 45 + (k >> log2) * 40 + (k & ((1 << log2) - 1));
        int sum = (plane[at] & 0xffff) + expected[k];
        summed[at] = (short) Math.max(0, Math.min((1 << depth) - 1, sum));
      }

      transform.add(block, log2, dst, depth, width, height, plane, 45, 40);
      assertThat(plane).as("%d: %d x %d", 1 << log2, width, height).isEqualTo(summed);
      transform.inverse(block, log2, dst, depth, width, height);
      assertThat(block).as("%d: %d x %d", 1 << log2, width, height).startsWith(expected);
    }
  }

  private int part(int size) {
    return random.nextInt(8) == 0 ? 1 : 4 * (1 + random.nextInt(size / 4));
  }

  private int[] coefficients(int log2, int width, int height) {
    int[] block = new int[32 * 32];
    int magnitude = 1 << (1 + random.nextInt(15));
    int zeros = random.nextInt(4);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean zero = random.nextInt(4) < zeros;
        block[(y << log2) + x] = zero ? 0 : random.nextInt(2 * magnitude) - magnitude;
      }
    }
    if (random.nextInt(20) == 0) {
      for (int i = 0; i < height; i++) {
        block[i << log2] = random.nextBoolean() ? Short.MAX_VALUE : Short.MIN_VALUE;
      }
    }
    return block;
  }

  private static int[] product(int[] block, int log2, boolean dst, int depth) {
    int size = 1 << log2;
    long[] columns = new long[size * size];
    int[] result = new int[size * size];
    for (int x = 0; x < size; x++) {
      for (int y = 0; y < size; y++) {
        long sum = 0;
        for (int k = 0; k < size; k++) {
          sum += (long) factor(k, y, log2, dst) * block[(k << log2) + x];
        }
        columns[y * size + x] =
            Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, (sum + 64) >> 7));
      }
    }
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        long sum = 1L << (19 - depth);
        for (int k = 0; k < size; k++) {
          sum += factor(k, x, log2, dst) * columns[y * size + k];
        }
        result[y * size + x] = (int) (sum >> (20 - depth));
      }
    }
    return result;
  }

  /** transMatrix: cos((2n + 1)kπ/64) is found in the first column, where n is 0, with a sign. */
  private static int factor(int k, int n, int log2, boolean dst) {
    if (dst) {
      return DST[k][n];
    }
    int row = k << (5 - log2);
    int angle = (2 * n + 1) * row % 128;
    int folded = angle > 64 ? 128 - angle : angle;
    if (row == 0) {
      return 64;
    }
    return folded > 32 ? -FIRST_COLUMN[64 - folded] : folded == 32 ? 0 : FIRST_COLUMN[folded];
  }
}
