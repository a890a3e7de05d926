package dev.miniatura.internal.resample;

import java.util.Arrays;

/**
 * Blends rows of means into one row, for all columns and channels alike.
 *
 * <p><b>Formats.</b> Means are 0 to 32,640. Multiplied by weights of {@value TapTable#BITS}
 * fraction bits whose absolute values add up to less than 2, a sum stays below 32640 · 2 · 2^14
 * &lt; 2^30. It keeps those bits, with half a unit added, for {@link HorizontalPass} to round off.
 *
 * <p><b>Why this shape.</b> C2 vectorizes the loops; four rows at a time save three of four loads
 * and stores of the sum (0.045 ns per weight and sample instead of 0.06).
 */
final class VerticalPass {

  private final TapTable table;

  VerticalPass(TapTable table) {
    this.table = table;
  }

  /** Makes one output row. Box b is {@code ring[b % ring.length]}, and the ring holds all taps. */
  void blend(int output, int[][] ring, int[] sums) {
    int box = table.starts[output];
    int end = box + table.taps;
    int[] weights = table.weights;
    int w = output * table.taps;
    int size = ring.length;
    Arrays.fill(sums, 1 << (TapTable.BITS - 1));
    for (; box + 4 <= end; box += 4, w += 4) {
      addFour(
          sums,
          ring[box % size],
          ring[(box + 1) % size],
          ring[(box + 2) % size],
          ring[(box + 3) % size],
          weights[w],
          weights[w + 1],
          weights[w + 2],
          weights[w + 3]);
    }
    for (; box < end; box++, w++) {
      addOne(sums, ring[box % size], weights[w]);
    }
  }

  private static void addFour(
      int[] sums, int[] r0, int[] r1, int[] r2, int[] r3, int w0, int w1, int w2, int w3) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += w0 * r0[i] + w1 * r1[i] + w2 * r2[i] + w3 * r3[i];
    }
  }

  private static void addOne(int[] sums, int[] row, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * row[i];
    }
  }
}
