package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.jpeg.Zigzag;
import java.util.Arrays;

/**
 * Up to {@value #BLOCKS} blocks side by side on their way through the inverse DCT.
 *
 * <p><b>Layout.</b> Dequantized coefficient (v, u) of block b is {@code lanes[(v * idctSize + u) *
 * BLOCKS + b]}, so that element i across the lanes is one transform, and C2 computes eight or
 * sixteen of them at a time. Coefficients that a size does not use go to one extra lane.
 *
 * <p><b>Why this shape.</b> The loops of an {@link Idct} write one lane each. With two or more, C2
 * vectorizes some loops but not others that look alike, which costs more than reading lanes again.
 *
 * <p>A batch starts with zeros, and is cleared after every transform: a block of which nothing is
 * read becomes mid-gray.
 */
final class IdctBatch {

  static final int BLOCKS = 64;

  /** As far as a coefficient or EOB leads, see {@link BlockReader#read}. */
  private static final int PLACES = 64 + HuffmanDecoder.COEFFICIENTS_END;

  final int idctSize;
  final int[] lanes;
  int first; // position of block 0 in its row of blocks
  private final Idct idct;

  /**
   * For k from 1 on, the index of coefficient k − 1 of block 0, in zigzag order; beyond the block,
   * up to where EOB may lead, that of the unused lane.
   */
  final int[] places = new int[PLACES];

  /** Creates a batch for blocks of 1 to 6, or 8 samples per side. */
  IdctBatch(int idctSize) {
    this.idctSize = idctSize;
    idct = Idct.of(idctSize);
    int unused = idctSize * idctSize;
    lanes = new int[(unused + 1) * BLOCKS];
    Arrays.fill(places, BLOCKS * unused);
    for (int k = 0; k < 64; k++) {
      int natural = Zigzag.natural(k);
      if (InverseDct.isNeeded(idctSize, natural)) {
        places[k + 1] = BLOCKS * ((natural >> 3) * idctSize + (natural & 7));
      }
    }
  }

  /**
   * Returns the maximum number of bytes that a batch takes: its lanes, and 13/5 as much in its
   * {@link Idct}.
   */
  static long bytes(int idctSize) {
    return (long) Integer.BYTES * BLOCKS * (idctSize * idctSize * 18 / 5 + 1);
  }

  /** Returns the factors that dequantize coefficients, one for each lane. */
  static int[] factors(int idctSize, int[] quantization) {
    int[] dequantizer = InverseDct.dequantizer(idctSize, quantization);
    int[] factors = new int[idctSize * idctSize];
    for (int k = 0; k <= InverseDct.lastNeeded(idctSize); k++) {
      int natural = Zigzag.natural(k);
      if (InverseDct.isNeeded(idctSize, natural)) {
        factors[(natural >> 3) * idctSize + (natural & 7)] = dequantizer[k];
      }
    }
    return factors;
  }

  /**
   * Multiplies each lane by its factor. In vectors this costs less than one multiplication for each
   * coefficient as it is decoded.
   */
  void dequantize(int[] factors) {
    for (int lane = 0; lane < factors.length; lane++) {
      multiply(lanes, lane * BLOCKS, factors[lane]);
    }
  }

  private static void multiply(int[] lanes, int from, int factor) {
    for (int i = from; i < from + BLOCKS; i++) {
      lanes[i] *= factor;
    }
  }

  /** Stores the samples of the first {@code count} blocks, level-shifted and clamped to 0..255. */
  void store(int count, byte[] out, int at, int stride) {
    idct.transform(lanes);
    for (int y = 0, to = at; y < idctSize; y++, to += stride) {
      idct.storeRow(y, count, out, to);
    }
    Arrays.fill(lanes, 0);
  }
}
