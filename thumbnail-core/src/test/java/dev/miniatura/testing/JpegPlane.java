package dev.miniatura.testing;

import java.util.function.IntBinaryOperator;

/**
 * One component as quantized coefficients: blocks row by row, padded to whole MCUs, 64 coefficients
 * each in zigzag order.
 */
final class JpegPlane {

  /** Natural index of the k-th coefficient in zigzag order (T.81 figure A.6). */
  static final int[] ZIGZAG = zigzag();

  /** Luminance and chrominance tables of T.81 annex K.1, natural order. */
  private static final int[][] ANNEX_K = {
    {
      16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
      14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
      18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
      49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    },
    {
      17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99,
      24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
      99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
      99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
    }
  };

  /** {@code BASIS[u][x] = C(u) / 2 · cos((2x + 1) u π / 16)}: one dimension of T.81 A.3.3. */
  private static final double[][] BASIS = basis();

  final int h;
  final int v;
  final int table;

  /** Blocks in a row of the padded plane, and in a scan of this component alone. */
  final int blocksWide;

  final int codedWide;
  final int codedHigh;
  final short[] coefficients;

  /**
   * Transforms one component.
   *
   * @param samples gives the full-size component at (x, y), 0 to 255
   * @param table 0 for luminance, 1 for chrominance
   */
  JpegPlane(
      IntBinaryOperator samples,
      int width,
      int height,
      int h,
      int v,
      int maxH,
      int maxV,
      int table,
      int quality) {
    this(width, height, h, v, maxH, maxV, table);
    int blocksHigh = coefficients.length / 64 / blocksWide;
    int[] quantization = quantization(table, quality);
    int shrinkX = maxH / h;
    int shrinkY = maxV / v;
    double[] block = new double[64];
    for (int row = 0; row < blocksHigh; row++) {
      for (int column = 0; column < blocksWide; column++) {
        for (int i = 0; i < 64; i++) {
          int x = (column * 8 + i % 8) * shrinkX;
          int y = (row * 8 + i / 8) * shrinkY;
          block[i] = average(samples, x, y, shrinkX, shrinkY, width - 1, height - 1) - 128;
        }
        transform(block);
        int at = (row * blocksWide + column) * 64;
        for (int k = 0; k < 64; k++) {
          long level = Math.round(block[ZIGZAG[k]] / quantization[k]);
          coefficients[at + k] = (short) Math.max(k == 0 ? -1024 : -1023, Math.min(1023, level));
        }
      }
    }
  }

  /** Makes a component whose coefficients are all 0. */
  JpegPlane(int width, int height, int h, int v, int maxH, int maxV, int table) {
    this.h = h;
    this.v = v;
    this.table = table;
    int mcusWide = ceilDiv(width, 8 * maxH);
    int mcusHigh = ceilDiv(height, 8 * maxV);
    blocksWide = mcusWide * h;
    int blocksHigh = mcusHigh * v;
    codedWide = ceilDiv(ceilDiv(width * h, maxH), 8);
    codedHigh = ceilDiv(ceilDiv(height * v, maxV), 8);
    coefficients = new short[blocksWide * blocksHigh * 64];
  }

  /** Returns the annex K table in zigzag order, scaled so that 50 leaves it and 100 gives ones. */
  static int[] quantization(int table, int quality) {
    int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    int[] scaled = new int[64];
    for (int k = 0; k < 64; k++) {
      int value = (ANNEX_K[table][ZIGZAG[k]] * percent + 50) / 100;
      scaled[k] = Math.max(1, Math.min(255, value));
    }
    return scaled;
  }

  private static double average(
      IntBinaryOperator samples, int x, int y, int wide, int high, int right, int bottom) {
    int sum = 0;
    for (int dy = 0; dy < high; dy++) {
      for (int dx = 0; dx < wide; dx++) {
        sum += samples.applyAsInt(Math.min(x + dx, right), Math.min(y + dy, bottom));
      }
    }
    return (double) sum / (wide * high);
  }

  private static void transform(double[] block) {
    double[] rows = new double[64];
    for (int y = 0; y < 8; y++) {
      for (int u = 0; u < 8; u++) {
        double sum = 0;
        for (int x = 0; x < 8; x++) {
          sum += BASIS[u][x] * block[8 * y + x];
        }
        rows[8 * y + u] = sum;
      }
    }
    for (int v = 0; v < 8; v++) {
      for (int u = 0; u < 8; u++) {
        double sum = 0;
        for (int y = 0; y < 8; y++) {
          sum += BASIS[v][y] * rows[8 * y + u];
        }
        block[8 * v + u] = sum;
      }
    }
  }

  private static double[][] basis() {
    double[][] basis = new double[8][8];
    for (int u = 0; u < 8; u++) {
      for (int x = 0; x < 8; x++) {
        double scale = u == 0 ? StrictMath.sqrt(0.125) : 0.5;
        basis[u][x] = scale * StrictMath.cos((2 * x + 1) * u * StrictMath.PI / 16);
      }
    }
    return basis;
  }

  private static int[] zigzag() {
    int[] order = new int[64];
    int k = 0;
    for (int diagonal = 0; diagonal < 15; diagonal++) {
      for (int i = Math.max(0, diagonal - 7); i <= Math.min(7, diagonal); i++) {
        int x = diagonal % 2 == 0 ? i : diagonal - i;
        order[k++] = 8 * (diagonal - x) + x;
      }
    }
    return order;
  }

  private static int ceilDiv(int value, int divisor) {
    return (value + divisor - 1) / divisor;
  }
}
