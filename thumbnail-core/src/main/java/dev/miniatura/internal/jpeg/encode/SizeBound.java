package dev.miniatura.internal.jpeg.encode;

/**
 * The most bytes that the coded blocks of a file can take, whatever the picture.
 *
 * <p>A coefficient that is not zero takes the code of its run and size, and the bits of its
 * magnitude.
 *
 * <ul>
 *   <li>Codes: if a part p of the coefficients is not zero, the runs have an entropy of at most
 *       h(p) bits per coefficient, the sizes of log₂ {@value #SIZES} bits each, and a Huffman code
 *       adds less than one bit each. The maximum of h(p) + p (log₂ {@value #SIZES} + 1) is log₂(1 +
 *       2 · {@value #SIZES}).
 *   <li>Magnitudes: the transform preserves the sum of squares, and no sample is farther from the
 *       middle than 128, so coefficients are at most 128 in the quadratic mean. The logarithm is
 *       concave: if coefficient k is divided by its step, its magnitude has at most 1 + log₂(128 /
 *       step + ½) bits on average.
 * </ul>
 *
 * What goes beyond, ends of blocks and bands, differences of DC coefficients, limited code lengths,
 * is within {@value #BLOCK_BITS} bits per block; both means cannot be reached together where many
 * bytes have to be stuffed.
 */
final class SizeBound {

  /** The sizes of coefficients, from 1 bit (T.81 F.1.2). */
  private static final int SIZES = 11;

  private static final int BLOCK_BITS = 64;

  private SizeBound() {}

  /** Returns the number of bytes of a block with these quantization steps, with fractions. */
  static double blockBytes(int[] steps) {
    double bits = BLOCK_BITS + 64 * log2(1 + 2 * SIZES);
    for (int step : steps) {
      bits += 1 + Math.max(0, log2(128.0 / step + 0.5));
    }
    return bits / 8;
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
