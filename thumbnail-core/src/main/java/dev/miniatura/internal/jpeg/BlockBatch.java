package dev.miniatura.internal.jpeg;

import java.util.Arrays;

/**
 * Up to {@value #BLOCKS} blocks side by side on their way through the inverse DCT.
 *
 * <p><b>Layout.</b> Dequantized coefficient (v, u) of block b is {@code lines[(v * idctSize + u) *
 * BLOCKS + b]}, so that element i of some lines is one transform and C2 computes eight or sixteen
 * of them at a time. What a size does not use goes to one more line.
 *
 * <p><b>Why this shape.</b> Loops write one line each. With two and more C2 vectorizes some loops
 * and leaves others, alike to the eye, which costs more than reading lines again. {@link #turn}
 * lets the pass over rows be the one over columns.
 *
 * <p>A batch starts with zeros, and does so again after every transform: a block of which nothing
 * is read comes out mid-gray.
 */
abstract class BlockBatch {

  static final int BLOCKS = 64;

  final int idctSize;
  final int[] lines;

  /** Index of each coefficient of block 0, in zigzag order. */
  final int[] places = new int[64];

  BlockBatch(int idctSize) {
    this.idctSize = idctSize;
    int unused = idctSize * idctSize;
    lines = new int[(unused + 1) * BLOCKS];
    for (int k = 0; k < 64; k++) {
      int natural = Zigzag.NATURAL[k];
      boolean needed = InverseDct.isNeeded(idctSize, natural);
      places[k] = BLOCKS * (needed ? (natural >> 3) * idctSize + (natural & 7) : unused);
    }
  }

  /** Creates a batch for blocks of 1, 2, 4 or 8 samples per side. */
  static BlockBatch of(int idctSize) {
    return switch (idctSize) {
      case 1 -> new OnePointDct();
      case 2 -> new TwoPointDct();
      case 4 -> new FourPointDct();
      default -> new EightPointDct();
    };
  }

  /** Returns the most bytes that a batch takes: its lines, and 9/4 as much between passes. */
  static long bytes(int idctSize) {
    return (long) Integer.BYTES * BLOCKS * (idctSize * idctSize * 13 / 4 + 1);
  }

  /** Stores the samples of the first {@code count} blocks, level-shifted and clamped to 0..255. */
  final void store(int count, byte[] out, int at, int stride) {
    transform();
    for (int y = 0, to = at; y < idctSize; y++, to += stride) {
      storeRow(y, count, out, to);
    }
    Arrays.fill(lines, 0);
  }

  /** Turns coefficients into samples. */
  abstract void transform();

  /** Writes row {@code y} of the first {@code count} blocks. */
  abstract void storeRow(int y, int count, byte[] out, int at);

  /**
   * Makes rows of columns: result n of a pass, for element (u, b), becomes coefficient u of element
   * (n, b).
   */
  final void turn(int[][] results) {
    int row = idctSize * BLOCKS;
    for (int n = 0; n < idctSize; n++) {
      for (int u = 0; u < idctSize; u++) {
        System.arraycopy(results[n], u * BLOCKS, lines, u * row + n * BLOCKS, BLOCKS);
      }
    }
  }

  /** Clamps to 0..255, in operations that C2 has vector instructions for. */
  static int clamp(int value) {
    int positive = value & ~(value >> 31);
    return (positive | (255 - positive) >> 31) & 255;
  }
}
