package dev.miniatura.internal.resample;

import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.raster.Raster;

/**
 * Converts a row of red, green, blue and alpha to values multiplied by alpha, one run per channel:
 * pixels are read as ints, which C2 can vectorize.
 *
 * <p>A color's value is the product p of sample and alpha times 128 / 255, rounded. As 128 / 255 =
 * (32896 + 128 / 255) / 65536, that is (32896 p + p / 2) / 65536 except for an error below p / 510
 * / 65536 + 2^-16 = 0.00196. No exact result is closer to a half than 1 / 510, which is larger.
 * Everything fits in an int: 32896 · 65025 + 65025 &lt; 2^31.
 */
final class PremultipliedRow {

  /** Channels per pixel. */
  static final int CHANNELS = 4;

  private static final int FACTOR = 32896;
  private static final int SHIFT = 16;
  private static final int HALF = 1 << (SHIFT - 1);

  private PremultipliedRow() {}

  /**
   * Converts {@code columns} pixels to values with {@value Raster#REMAINDER_BITS} fraction bits.
   */
  static void convert(byte[] samples, int offset, int columns, int[] values) {
    for (int color = 0; color < CHANNELS - 1; color++) {
      convertColor(samples, offset, columns, 8 * color, values, color * columns);
    }
    int to = (CHANNELS - 1) * columns;
    for (int x = 0; x < columns; x++) {
      int pixel = ByteViews.intLe(samples, offset + CHANNELS * x);
      values[to + x] = (pixel >>> 24) << TransferFunction.BITS;
    }
  }

  private static void convertColor(
      byte[] samples, int offset, int columns, int shift, int[] values, int to) {
    for (int x = 0; x < columns; x++) {
      int pixel = ByteViews.intLe(samples, offset + CHANNELS * x);
      int product = ((pixel >>> shift) & 0xff) * (pixel >>> 24);
      values[to + x] = (product * FACTOR + (product >> 1) + HALF) >>> SHIFT;
    }
  }
}
