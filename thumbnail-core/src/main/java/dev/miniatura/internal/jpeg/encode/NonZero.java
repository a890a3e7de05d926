package dev.miniatura.internal.jpeg.encode;

import dev.miniatura.internal.jpeg.Zigzag;

/**
 * Finds the quantized coefficients that are not zero, usually a small fraction.
 *
 * <p><b>Why this shape.</b> A bit for each of the eight lanes is collected for all columns of
 * blocks side by side, which C2 vectorizes; a table then spreads the eight bits of a column over a
 * block's 64. So work per coefficient is done only for nonzero ones.
 */
final class NonZero {

  private static final int STRIDE = ForwardDct.STRIDE;

  /** The bits of a block in zigzag order, by column and by the set of nonzero lanes. */
  private static final long[] SPREAD = spread();

  private final int[] columns = new int[STRIDE];

  private static long[] spread() {
    long[] spread = new long[8 << 8];
    for (int k = 0; k < 64; k++) {
      int place = ForwardDct.place(Zigzag.natural(k));
      int column = place % STRIDE;
      int lane = place / STRIDE;
      spread[(column << 8) + (1 << lane)] = 1L << k;
    }
    for (int column = 0; column < spread.length; column += 256) {
      for (int set = 1; set < 256; set++) {
        spread[column + set] = spread[column + (set & (set - 1))] | spread[column + (set & -set)];
      }
    }
    return spread;
  }

  /** Looks through blocks side by side, laid out as by {@link ForwardDct}. */
  void find(int[] lanes, int blocks) {
    find(lanes, columns, 8 * blocks);
  }

  private static void find(int[] lanes, int[] columns, int count) {
    for (int i = 0; i < count; i++) {
      columns[i] =
          bit(lanes[i])
              | (bit(lanes[i + STRIDE]) << 1)
              | (bit(lanes[i + 2 * STRIDE]) << 2)
              | (bit(lanes[i + 3 * STRIDE]) << 3)
              | (bit(lanes[i + 4 * STRIDE]) << 4)
              | (bit(lanes[i + 5 * STRIDE]) << 5)
              | (bit(lanes[i + 6 * STRIDE]) << 6)
              | (bit(lanes[i + 7 * STRIDE]) << 7);
    }
  }

  private static int bit(int value) {
    return (value | -value) >>> 31;
  }

  /** Returns a bit per coefficient of a block in zigzag order, set where it is not zero. */
  long inBlock(int block) {
    long bits = 0;
    for (int column = 0; column < 8; column++) {
      bits |= SPREAD[(column << 8) + columns[8 * block + column]];
    }
    return bits;
  }
}
