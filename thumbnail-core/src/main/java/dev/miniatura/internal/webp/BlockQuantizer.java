package dev.miniatura.internal.webp;

/** Quantizes the coefficients of one type of block, in zigzag order. */
final class BlockQuantizer {

  private static final int BITS = 18;

  /** The step for each position, in the unit of the coefficients. */
  final int[] steps = new int[16];

  private final int[] inverses = new int[16];
  private final int[] roundings = new int[16];
  private final int dc;
  private final int ac;

  /**
   * Creates a quantizer.
   *
   * @param dc factor by which the decoder multiplies the first coefficient
   * @param ac the same for the others
   * @param unit the scale of the input: a coefficient of 1 is passed as this value
   * @param dcRounding added to a first coefficient before its fraction is dropped, 0 to 0.5
   * @param acRounding the same for the others
   */
  BlockQuantizer(int dc, int ac, int unit, double dcRounding, double acRounding) {
    this.dc = dc;
    this.ac = ac;
    for (int i = 0; i < 16; i++) {
      steps[i] = unit * (i == 0 ? dc : ac);
      inverses[i] = ((1 << BITS) + steps[i] / 2) / steps[i];
      roundings[i] = (int) ((i == 0 ? dcRounding : acRounding) * (1 << BITS));
    }
  }

  /**
   * Quantizes a block.
   *
   * @param first position of the first coefficient
   * @param levels receives the magnitudes of the quantized coefficients
   * @return the sum of squared errors, times 16, plus the position after the last level that is not
   *     0, or {@code first} if there is none
   */
  long quantize(int[] coefficients, int at, int first, int[] levels, int to) {
    int end = first;
    int error = 0;
    for (int i = first; i < 16; i++) {
      int magnitude = Math.abs(coefficients[at + i]);
      int level = (magnitude * inverses[i] + roundings[i]) >> BITS;
      int rest = magnitude - level * steps[i];
      levels[to + i] = level;
      error += rest * rest;
      end = level != 0 ? i + 1 : end;
    }
    return (long) error << 5 | end;
  }

  /** Returns the coefficient that the decoder computes from a level. */
  int dequantized(int position, int level) {
    return level * (position == 0 ? dc : ac);
  }
}
