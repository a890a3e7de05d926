package dev.miniatura.internal.av1;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The quantizer matrices (clause 9.5). The specification lists 14 sizes; all except 32 × 32 and 16
 * × 32 repeat entries of these two, or are transposes.
 */
final class QuantizerMatrices {

  private static final int SIDE = 32;
  private static final int NARROW = 16;
  private static final AtomicReferenceArray<byte[][]> LOADED = new AtomicReferenceArray<>(30);

  private QuantizerMatrices() {}

  /** Returns the matrices of a level by {@code log2 width << 3 | log2 height}. */
  static byte[][] of(int level, int planeType) {
    int index = 2 * level + planeType;
    byte[][] matrices = LOADED.get(index);
    if (matrices == null) {
      matrices = load(index);
      LOADED.set(index, matrices);
    }
    return matrices;
  }

  private static byte[][] load(int index) {
    TableReader in = new TableReader("matrices.txt");
    for (int i = 0; i < 2 * index; i++) {
      in.skip();
    }
    String prefix = (index >> 1) + "_" + (index & 1);
    byte[] square = symmetric(in.next(prefix + "_32x32", SIDE * (SIDE + 1) / 2));
    int[] values = in.next(prefix + "_16x32", NARROW * SIDE);
    byte[] tall = new byte[values.length];
    for (int i = 0; i < tall.length; i++) {
      tall[i] = (byte) values[i];
    }
    byte[][] matrices = new byte[64][0];
    matrices[5 << 3 | 5] = square;
    matrices[4 << 3 | 4] = part(square, SIDE, 4, 4, 0, 0);
    matrices[3 << 3 | 3] = part(square, SIDE, 3, 3, 1, 1);
    matrices[2 << 3 | 2] = part(square, SIDE, 2, 2, 3, 3);
    put(matrices, tall, 4, 5);
    put(matrices, part(tall, NARROW, 3, 4, 0, 0), 3, 4);
    put(matrices, part(tall, NARROW, 3, 5, 0, 0), 3, 5);
    put(matrices, part(tall, NARROW, 2, 4, 1, 0), 2, 4);
    put(matrices, part(tall, NARROW, 2, 3, 1, 1), 2, 3);
    return matrices;
  }

  private static byte[] symmetric(int[] triangle) {
    byte[] matrix = new byte[SIDE * SIDE];
    int index = 0;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column <= row; column++) {
        byte value = (byte) triangle[index++];
        matrix[row * SIDE + column] = value;
        matrix[column * SIDE + row] = value;
      }
    }
    return matrix;
  }

  /** Returns entries at equal steps, starting at an offset. */
  private static byte[] part(
      byte[] from, int stride, int widthLog2, int heightLog2, int column, int row) {
    int width = 1 << widthLog2;
    int stepX = stride / width;
    int stepY = SIDE >> heightLog2;
    byte[] matrix = new byte[width << heightLog2];
    for (int i = 0; i < matrix.length; i++) {
      int y = row + stepY * (i / width);
      matrix[i] = from[y * stride + column + stepX * (i % width)];
    }
    return matrix;
  }

  /** Stores a matrix and its transpose. */
  private static void put(byte[][] matrices, byte[] tall, int widthLog2, int heightLog2) {
    int width = 1 << widthLog2;
    int height = 1 << heightLog2;
    byte[] wide = new byte[tall.length];
    for (int i = 0; i < tall.length; i++) {
      wide[i % width * height + i / width] = tall[i];
    }
    matrices[widthLog2 << 3 | heightLog2] = tall;
    matrices[heightLog2 << 3 | widthLog2] = wide;
  }
}
