package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.raster.Samples;

/**
 * The inverse DCT to 2 × 2 samples: sums and differences, both passes in one.
 *
 * <p>Ranges, of values with 12 fraction bits (see {@link InverseDct} for their basis, and for why a
 * malformed block that wraps does no harm): coefficients are within ±144, sums are within ±208,
 * 2^20.4 with the level shift.
 */
final class Idct2 implements Idct {

  private final int[][] packed = new int[2][IdctBatch.BLOCKS];

  @Override
  public void transform(int[] lanes) {
    top(lanes, packed[0]);
    bottom(lanes, packed[1]);
  }

  private static void top(int[] x, int[] out) {
    for (int i = 0; i < IdctBatch.BLOCKS; i++) {
      int left = x[i] + x[i + 2 * IdctBatch.BLOCKS] + InverseDct.SCALED_ROUND;
      int right = x[i + IdctBatch.BLOCKS] + x[i + 3 * IdctBatch.BLOCKS];
      out[i] =
          Samples.clamp((left + right) >> InverseDct.SCALED_BITS) << 8
              | Samples.clamp((left - right) >> InverseDct.SCALED_BITS);
    }
  }

  private static void bottom(int[] x, int[] out) {
    for (int i = 0; i < IdctBatch.BLOCKS; i++) {
      int left = x[i] - x[i + 2 * IdctBatch.BLOCKS] + InverseDct.SCALED_ROUND;
      int right = x[i + IdctBatch.BLOCKS] - x[i + 3 * IdctBatch.BLOCKS];
      out[i] =
          Samples.clamp((left + right) >> InverseDct.SCALED_BITS) << 8
              | Samples.clamp((left - right) >> InverseDct.SCALED_BITS);
    }
  }

  @Override
  public void storeRow(int y, int count, byte[] out, int at) {
    int[] pairs = packed[y];
    for (int b = 0, to = at; b < count; b++, to += 2) {
      out[to] = (byte) (pairs[b] >> 8);
      out[to + 1] = (byte) pairs[b];
    }
  }
}
