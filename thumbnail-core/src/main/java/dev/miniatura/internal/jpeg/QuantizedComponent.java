package dev.miniatura.internal.jpeg;

/**
 * One component's quantized coefficients, block after block in raster order, zigzag within a block.
 * Only blocks that hold samples are kept; those that merely complete an MCU are the scans' affair.
 */
final class QuantizedComponent {

  /** T.81's Ci: 1, 2, 3. */
  final int id;

  /** Index of the component's quantization and Huffman tables: 0 for luma, 1 for chroma. */
  final int tables;

  /** Sampling factor, the same in both directions: 2 for the luma of 4:2:0, else 1. */
  final int sampling;

  final int blocksWide;
  final int blocksHigh;
  final short[] coefficients;

  /** For every block, a bit per coefficient that is not zero. */
  final long[] nonZero;

  /**
   * Transforms and quantizes a component. A block that the right or bottom edge cuts repeats the
   * last column or row.
   *
   * @param samples {@code width * height} samples
   */
  QuantizedComponent(
      int id, byte[] samples, int width, int height, int sampling, Quantizer quantizer) {
    this.id = id;
    tables = id == 1 ? 0 : 1;
    this.sampling = sampling;
    blocksWide = (width + 7) / 8;
    blocksHigh = (height + 7) / 8;
    int blocks = Math.multiplyExact(blocksWide, blocksHigh);
    coefficients = new short[Math.multiplyExact(blocks, 64)];
    nonZero = new long[blocks];

    ForwardDct dct = new ForwardDct();
    int[] block = new int[64];
    byte[] edge = new byte[64];
    for (int by = 0, b = 0; by < blocksHigh; by++) {
      for (int bx = 0; bx < blocksWide; bx++, b++) {
        int x = bx * 8;
        int y = by * 8;
        if (x + 8 <= width && y + 8 <= height) {
          dct.transform(samples, y * width + x, width, block);
        } else {
          copyEdge(samples, width, height, x, y, edge);
          dct.transform(edge, 0, 8, block);
        }
        nonZero[b] = quantizer.quantize(block, coefficients, b * 64);
      }
    }
  }

  private static void copyEdge(byte[] samples, int width, int height, int x, int y, byte[] edge) {
    for (int i = 0; i < 64; i++) {
      int row = Math.min(y + i / 8, height - 1);
      int column = Math.min(x + i % 8, width - 1);
      edge[i] = samples[row * width + column];
    }
  }

  int blocks() {
    return nonZero.length;
  }
}
