package dev.miniatura.internal.webp;

/**
 * How the frame is filtered (RFC 6386, sections 9.4 and 9.6).
 *
 * @param simple whether by the simple filter, which leaves chroma alone
 * @param level of the frame; 0 filters nothing, whatever the segments say
 * @param intraDelta what is added to the level of intra-coded macroblocks, which all are here
 * @param subblocksDelta what is added for those that predict subblocks, besides
 */
record FilterHeader(boolean simple, int level, int sharpness, int intraDelta, int subblocksDelta) {

  private static final int DELTAS = 4; // by reference frame, then as many by mode
  static final int MAX_LEVEL = 63;

  /**
   * How strongly the edges of a macroblock are filtered (section 15.2).
   *
   * @param level 0 to 63; 0 filters nothing
   * @param interior most difference between neighbors on one side of an edge
   * @param highVariance what differs more than this from its neighbor is an edge in the picture
   */
  record Strength(int level, int interior, int highVariance) {}

  static FilterHeader read(BoolDecoder in) {
    boolean simple = in.flag();
    int level = in.literal(6);
    int sharpness = in.literal(3);
    int[] deltas = new int[2 * DELTAS];
    boolean adjusted = in.flag();
    boolean updated = adjusted && in.flag();
    if (updated) {
      for (int i = 0; i < deltas.length; i++) {
        deltas[i] = in.optionalSigned(6);
      }
    }
    return new FilterHeader(simple, level, sharpness, deltas[0], deltas[DELTAS]);
  }

  /** Returns the strength in macroblocks of a segment. */
  Strength strength(int segmentLevel, boolean whole) {
    int sum = segmentLevel + intraDelta + (whole ? 0 : subblocksDelta);
    int clipped = level == 0 ? 0 : Math.max(0, Math.min(sum, MAX_LEVEL));
    int interior = clipped;
    if (sharpness > 0) {
      interior = Math.min(interior >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
    }
    int highVariance = clipped >= 40 ? 2 : clipped >= 15 ? 1 : 0;
    return new Strength(clipped, Math.max(1, interior), highVariance);
  }
}
