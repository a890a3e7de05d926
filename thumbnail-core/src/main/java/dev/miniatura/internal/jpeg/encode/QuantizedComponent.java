package dev.miniatura.internal.jpeg.encode;

import dev.miniatura.internal.jpeg.Zigzag;
import java.util.Arrays;

/**
 * One component's quantized coefficients, block after block in raster order, zigzag within a block.
 * Only nonzero coefficients are kept, about a fifth, and only for blocks with samples; blocks that
 * merely complete an MCU are left to the scans.
 */
final class QuantizedComponent {

  /** Where {@link ForwardDct} leaves each coefficient in zigzag order. */
  private static final int[] PLACES = places();

  /** What transforming up to {@link ForwardDct#BLOCKS} blocks side by side takes. */
  static final class BlockRow {

    private final short[] values;

    private final ForwardDct dct = new ForwardDct();
    private final NonZero found = new NonZero();
    private final int[] lanes = new int[8 * ForwardDct.STRIDE];
    private final byte[] edge = new byte[64 * ForwardDct.BLOCKS];

    /** Creates room for a component of that many blocks side by side. */
    BlockRow(int blocksX) {
      values = new short[64 * blocksX];
    }
  }

  /** T.81's Ci: 1, 2, 3. */
  final int id;

  /** Index of the component's quantization and Huffman tables: 0 for luma, 1 for chroma. */
  final int tables;

  /** Sampling factor, the same in both directions: 2 for the luma of 4:2:0, else 1. */
  final int sampling;

  final int blocksX;
  final int blocksY;

  private final byte[] samples;
  private final int width;
  private final int height;
  private final Quantizer quantizer;

  /** The coefficients that are not zero, by rows of blocks. */
  private final short[][] values;

  /** For every block, the index of its first value. */
  final int[] starts;

  /** For every block, a bit per coefficient that is not zero. */
  final long[] nonZero;

  /**
   * Creates a component without coefficients.
   *
   * @param samples {@code width * height} samples
   */
  QuantizedComponent(
      int id, byte[] samples, int width, int height, int sampling, Quantizer quantizer) {
    this.id = id;
    tables = id == 1 ? 0 : 1;
    this.sampling = sampling;
    this.samples = samples;
    this.width = width;
    this.height = height;
    this.quantizer = quantizer;
    blocksX = (width + 7) / 8;
    blocksY = (height + 7) / 8;
    int blocks = Math.multiplyExact(blocksX, blocksY);
    values = new short[blocksY][];
    starts = new int[blocks];
    nonZero = new long[blocks];
  }

  /**
   * Transforms and quantizes rows of blocks. A block that is cut by the right or bottom edge
   * repeats the last column or row.
   *
   * @param from the first row
   * @param to the row after the last
   * @param row room for a row, overwritten
   */
  void quantize(int from, int to, BlockRow row) {
    short[] inRow = row.values;
    ForwardDct dct = row.dct;
    NonZero found = row.found;
    int[] lanes = row.lanes;
    byte[] edge = row.edge;
    for (int by = from; by < to; by++) {
      int size = 0;
      for (int bx = 0; bx < blocksX; bx += ForwardDct.BLOCKS) {
        int count = Math.min(ForwardDct.BLOCKS, blocksX - bx);
        int x = bx * 8;
        int y = by * 8;
        if (x + 8 * count <= width && y + 8 <= height) {
          dct.transform(samples, y * width + x, width, count, lanes);
        } else {
          copyEdge(samples, width, height, x, y, edge);
          dct.transform(edge, 0, ForwardDct.STRIDE, count, lanes);
        }
        quantizer.divide(lanes, count);
        found.find(lanes, count);
        for (int i = 0; i < count; i++) {
          int block = by * blocksX + bx + i;
          starts[block] = size;
          nonZero[block] = found.inBlock(i);
          size = collect(lanes, 8 * i, nonZero[block], inRow, size);
        }
      }
      values[by] = Arrays.copyOf(inRow, size);
    }
  }

  /** Returns the maximum number of bytes that a component of that many blocks holds. */
  static long workingBytes(long blocksX, long blocksY) {
    long perBlock = 64 * Short.BYTES + Integer.BYTES + Long.BYTES;
    long row = 64L * Short.BYTES * blocksX;
    return perBlock * blocksX * blocksY + row + 24L * blocksY;
  }

  private static int[] places() {
    int[] places = new int[64];
    for (int k = 0; k < 64; k++) {
      places[k] = ForwardDct.place(Zigzag.natural(k));
    }
    return places;
  }

  private static void copyEdge(byte[] samples, int width, int height, int x, int y, byte[] edge) {
    int stride = ForwardDct.STRIDE;
    int count = Math.min(stride, width - x);
    for (int i = 0; i < 8; i++) {
      int from = Math.min(y + i, height - 1) * width + x;
      int to = i * stride;
      System.arraycopy(samples, from, edge, to, count);
      Arrays.fill(edge, to + count, to + stride, samples[from + count - 1]);
    }
  }

  private static int collect(int[] lanes, int column, long bits, short[] values, int from) {
    int to = from;
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      int k = Long.numberOfTrailingZeros(rest);
      values[to++] = (short) lanes[PLACES[k] + column];
    }
    return to;
  }

  /** Returns the values among which {@link #starts} points for a block. */
  short[] values(int block) {
    return values[block / blocksX];
  }

  /**
   * Returns the k-th coefficient of a block in zigzag order.
   *
   * @param there what {@link #values} returns for the block
   */
  int coefficient(short[] there, int block, int k) {
    long bits = nonZero[block];
    long bit = 1L << k;
    return (bits & bit) == 0 ? 0 : there[starts[block] + Long.bitCount(bits & (bit - 1))];
  }

  int blocks() {
    return nonZero.length;
  }
}
