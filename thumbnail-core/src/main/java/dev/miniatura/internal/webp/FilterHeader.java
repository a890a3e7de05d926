package dev.miniatura.internal.webp;

/**
 * The loop filter's header (RFC 6386, sections 9.4 and 9.6).
 *
 * @param simple whether it is the simple filter, which leaves chroma unchanged
 * @param level level of the frame; 0 filters nothing, whatever the segments say
 * @param intraDelta added to the level of intra-coded macroblocks, as all are here
 * @param subblocksDelta added as well for macroblocks that predict subblocks
 */
record FilterHeader(boolean simple, int level, int sharpness, int intraDelta, int subblocksDelta) {

  private static final int DELTAS = 4; // by reference frame, then the same number by mode
  static final int MAX_LEVEL = 63;

  /**
   * The strength with which the edges of a macroblock are filtered (section 15.2).
   *
   * @param level 0 to 63; 0 filters nothing
   * @param interior maximum difference between neighbors on one side of an edge
   * @param highVariance a larger difference between neighbors is an edge in the picture
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

  /** Returns the strength for macroblocks of a segment. */
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
