package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.raster.Samples;

/**
 * The inverse DCT to 4 × 4 samples: columns, then rows; even part c0 ± c2, odd part by one rotation
 * whose cos(π/8) is folded into the dequantization, which leaves tan(π/8) as the only factor.
 *
 * <p>Ranges, of values with 12 fraction bits (see {@link InverseDct} for their basis, and for why a
 * malformed block that wraps does no harm):
 *
 * <ul>
 *   <li>Dequantized coefficients are within ±199: 2^19.7.
 *   <li>After columns: ±281, 2^20.2.
 *   <li>After rows: ±451, 2^20.9, and 2^21.2 with the level shift.
 *   <li>{@link #timesTan} multiplies the results of columns: 2^20.2 - 3 times 2^11.8 is 2^29.
 * </ul>
 */
final class Idct4 implements Idct {

  private static final int ROW = 4 * IdctBatch.BLOCKS;

  /** tan(π/8) with 13 fraction bits. */
  private static final int TAN_PI_8 = 3393;

  private final int[][] results = new int[4][ROW];
  private final int[] packed = new int[ROW];

  @Override
  public void transform(int[] lanes) {
    pass(lanes, 0);
    Idct.transpose(results, lanes);
    pass(lanes, InverseDct.SCALED_ROUND);
    pack(results[0], results[1], results[2], results[3], packed);
  }

  private void pass(int[] lanes, int round) {
    first(lanes, round, results[0]);
    second(lanes, round, results[1]);
    third(lanes, round, results[2]);
    fourth(lanes, round, results[3]);
  }

  private static void first(int[] x, int round, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = round + x[i] + x[i + 2 * ROW] + x[i + ROW] + timesTan(x[i + 3 * ROW]);
    }
  }

  private static void second(int[] x, int round, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = round + x[i] - x[i + 2 * ROW] + timesTan(x[i + ROW]) - x[i + 3 * ROW];
    }
  }

  private static void third(int[] x, int round, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = round + x[i] - x[i + 2 * ROW] - timesTan(x[i + ROW]) + x[i + 3 * ROW];
    }
  }

  private static void fourth(int[] x, int round, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = round + x[i] + x[i + 2 * ROW] - x[i + ROW] - timesTan(x[i + 3 * ROW]);
    }
  }

  /** Three of the value's fraction bits are dropped before the multiplication, ten after it. */
  private static int timesTan(int value) {
    return ((value >> 3) * TAN_PI_8) >> 10;
  }

  private static void pack(int[] x0, int[] x1, int[] x2, int[] x3, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] =
          Samples.clamp(x0[i] >> InverseDct.SCALED_BITS) << 24
              | Samples.clamp(x1[i] >> InverseDct.SCALED_BITS) << 16
              | Samples.clamp(x2[i] >> InverseDct.SCALED_BITS) << 8
              | Samples.clamp(x3[i] >> InverseDct.SCALED_BITS);
    }
  }

  @Override
  public void storeRow(int y, int count, byte[] out, int at) {
    int b = y * IdctBatch.BLOCKS;
    int end = b + count;
    int to = at;
    for (; b < end - 1; b += 2, to += 8) {
      ByteViews.putLongBe(out, to, (long) packed[b] << 32 | (packed[b + 1] & 0xffffffffL));
    }
    if (b < end) {
      for (int x = 0; x < 4; x++) {
        out[to + x] = (byte) (packed[b] >> (24 - 8 * x));
      }
    }
  }
}
