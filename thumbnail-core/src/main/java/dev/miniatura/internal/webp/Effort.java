package dev.miniatura.internal.webp;

/**
 * The alternatives that the encoder tries.
 *
 * @param subblockModes how many of the ten subblock modes are tried in full, the most promising
 *     ones; with 0, macroblocks are predicted as a whole
 * @param wholeModes how many of the four modes of whole blocks are tried, for luma and chroma, the
 *     mean first
 * @param passes how often the frame is encoded, each time with the token probabilities of the
 *     previous pass
 */
record Effort(int subblockModes, int wholeModes, int passes) {

  /** Predicts only by means, to spend as little as possible on modes. */
  static final Effort MEANS = new Effort(0, 1, 1);

  private static final int WHOLE_MODES = 4;

  private static final Effort[] LEVELS = {
    new Effort(0, WHOLE_MODES, 1),
    new Effort(1, WHOLE_MODES, 1),
    new Effort(2, WHOLE_MODES, 1),
    new Effort(3, WHOLE_MODES, 1),
    new Effort(4, WHOLE_MODES, 1),
    new Effort(IntraModes.MODES, WHOLE_MODES, 2),
    new Effort(IntraModes.MODES, WHOLE_MODES, 3)
  };

  /** Returns the effort of a level of 0 to 6. */
  static Effort level(int level) {
    return LEVELS[level];
  }

  /** Returns the same effort with macroblocks predicted as a whole. */
  Effort withoutSubblocks() {
    return new Effort(0, WHOLE_MODES, passes);
  }

  /** Returns whether the first partition is to be as small as possible, without segments. */
  boolean isMinimal() {
    return wholeModes == 1;
  }
}
