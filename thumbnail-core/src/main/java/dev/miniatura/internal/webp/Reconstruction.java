package dev.miniatura.internal.webp;

import java.util.Arrays;

/** Reconstructs what the decoder will decode, with the decoder's own transforms. */
final class Reconstruction {

  private final InverseTransform transform = new InverseTransform();
  private final short[] coefficients = new short[16 * 16];
  private final short[] second = new short[16];

  /** Adds the residue of one block to its prediction. */
  void add(
      int[] levels, int at, int end, BlockQuantizer quantizer, byte[] samples, int to, int stride) {
    if (end == 0) {
      return;
    }
    if (end == 1) {
      InverseTransform.dcOnly((short) quantizer.dequantized(0, levels[at]), samples, to, stride);
      return;
    }
    Arrays.fill(coefficients, 0, 16, (short) 0);
    dequantize(levels, at, 0, end, quantizer, coefficients, 0);
    transform.dct(coefficients, 0, samples, to, stride);
  }

  /**
   * Adds the residue of 16 luma blocks and their second order to the prediction of a macroblock.
   *
   * @param levels levels of 16 blocks, then of the second order
   */
  void addWhole(int[] levels, int[] ends, SegmentQuantizers q, byte[] samples, int at, int stride) {
    Arrays.fill(coefficients, (short) 0);
    if (ends[WholeDecision.SECOND] > 0) {
      Arrays.fill(second, (short) 0);
      dequantize(
          levels, 16 * WholeDecision.SECOND, 0, ends[WholeDecision.SECOND], q.second, second, 0);
      transform.walshHadamard(second, coefficients);
    }
    for (int block = 0; block < 16; block++) {
      int from = 16 * block;
      int to = at + (block >> 2) * 4 * stride + (block & 3) * 4;
      if (ends[block] > 1) {
        dequantize(levels, from, 1, ends[block], q.lumaAfterSecond, coefficients, from);
        transform.dct(coefficients, from, samples, to, stride);
      } else if (coefficients[from] != 0) {
        InverseTransform.dcOnly(coefficients[from], samples, to, stride);
      }
    }
  }

  private static void dequantize(
      int[] levels, int at, int first, int end, BlockQuantizer q, short[] out, int to) {
    for (int i = first; i < end; i++) {
      out[to + ResidualReader.ZIGZAG[i]] = (short) q.dequantized(i, levels[at + i]);
    }
  }
}
