package dev.miniatura.internal.webp;

/**
 * The settings in which segments of macroblocks differ from the frame (RFC 6386, section 9.3).
 *
 * @param mapped whether each macroblock names its segment; otherwise all are in the first
 * @param absolute whether the values below replace the frame's, rather than being added to them
 * @param quantizers index of each segment's quantizer
 * @param filterLevels each segment's loop filter level
 * @param probabilities of the tree that codes the segment of a macroblock
 */
record SegmentHeader(
    boolean mapped,
    boolean absolute,
    @SuppressWarnings("ArrayRecordComponent") int[] quantizers,
    @SuppressWarnings("ArrayRecordComponent") int[] filterLevels,
    @SuppressWarnings("ArrayRecordComponent") int[] probabilities) {

  static final int SEGMENTS = 4;

  static SegmentHeader read(BoolDecoder in) {
    int[] quantizers = new int[SEGMENTS];
    int[] filterLevels = new int[SEGMENTS];
    int[] probabilities = {255, 255, 255};
    if (!in.flag()) {
      return new SegmentHeader(false, false, quantizers, filterLevels, probabilities);
    }
    boolean mapped = in.flag();
    boolean absolute = false;
    if (in.flag()) {
      absolute = in.flag();
      for (int i = 0; i < SEGMENTS; i++) {
        quantizers[i] = in.optionalSigned(7);
      }
      for (int i = 0; i < SEGMENTS; i++) {
        filterLevels[i] = in.optionalSigned(6);
      }
    }
    for (int i = 0; mapped && i < probabilities.length; i++) {
      probabilities[i] = in.flag() ? in.literal(8) : 255;
    }
    return new SegmentHeader(mapped, absolute, quantizers, filterLevels, probabilities);
  }

  /** Reads the segment of a macroblock (section 10). */
  int readSegment(BoolDecoder in) {
    if (!mapped) {
      return 0;
    }
    return in.bit(probabilities[0]) == 0 ? in.bit(probabilities[1]) : 2 + in.bit(probabilities[2]);
  }

  /** Returns the unclipped index of a segment's quantizer. */
  int quantizer(int segment, int ofFrame) {
    return quantizers[segment] + (absolute ? 0 : ofFrame);
  }

  /** Returns a segment's unclipped loop filter level. */
  int filterLevel(int segment, int ofFrame) {
    return filterLevels[segment] + (absolute ? 0 : ofFrame);
  }
}
