package dev.miniatura.internal.webp;

import java.util.Arrays;

/**
 * The contexts from macroblocks above and to the left: whether blocks have coefficients (RFC 6386,
 * section 13.3), as in {@link ResidualReader}, and the modes of subblocks (section 11.3).
 */
final class Contexts {

  final int[] above;
  final int[] left = new int[ResidualReader.CONTEXTS];
  final int[] modesAbove;
  final int[] modesLeft = new int[4];

  /** Copies of a macroblock's contexts, for trials. */
  final int[] scratchAbove = new int[4];

  final int[] scratchLeft = new int[4];

  int column;

  Contexts(int columns) {
    above = new int[ResidualReader.CONTEXTS * columns];
    modesAbove = new int[4 * columns];
  }

  void beginFrame() {
    Arrays.fill(above, 0);
    Arrays.fill(modesAbove, IntraModes.DC);
  }

  void beginRow() {
    Arrays.fill(left, 0);
    Arrays.fill(modesLeft, IntraModes.DC);
  }

  /** Returns the index of the contexts above a macroblock. */
  int at(int macroblock) {
    return ResidualReader.CONTEXTS * macroblock;
  }

  /** Remembers that a macroblock has no coefficients. */
  void skip(boolean whole) {
    int count = whole ? ResidualReader.CONTEXTS : ResidualReader.SECOND_CONTEXT;
    Arrays.fill(above, at(column), at(column) + count, 0);
    Arrays.fill(left, 0, count, 0);
  }

  /** Remembers the mode of a macroblock that is predicted as a whole. */
  void wholeMode(int mode) {
    Arrays.fill(modesAbove, 4 * column, 4 * column + 4, mode);
    Arrays.fill(modesLeft, mode);
  }
}
