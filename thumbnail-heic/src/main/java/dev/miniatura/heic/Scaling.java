package dev.miniatura.heic;

/** Scaling of the coefficients of a transform block (H.265, 8.6.4.2). */
final class Scaling {

  private static final byte[] LEVEL_SCALE = {40, 45, 51, 57, 64, 72};

  private final SequenceParameters sps;
  private final CodingUnit unit;
  private final ScalingLists lists;

  // Of the block
  private boolean flat; // m is 16 everywhere
  private byte[] factors;
  private long scale;
  private long rounding;
  private int shift; // bdShift

  Scaling(Picture picture, CodingUnit unit) {
    this.unit = unit;
    sps = picture.sps;
    ScalingLists sequenceLists = sps.scalingLists != null ? sps.scalingLists : ScalingLists.DEFAULT;
    lists = picture.pps.scalingLists != null ? picture.pps.scalingLists : sequenceLists;
    factors = lists.factors(2, 0);
  }

  /**
   * Prepares for a block.
   *
   * @param log2 log2 of its side
   * @param c component
   * @param transformSkip {@code transform_skip_flag}
   */
  void start(int log2, int c, boolean transformSkip) {
    int qp = unit.scalingQp(c);
    flat = !sps.scalingListEnabled || (transformSkip && log2 > 2);
    factors = lists.factors(log2, c);
    scale = (long) LEVEL_SCALE[qp % 6] << (qp / 6 + (flat ? 4 : 0));
    shift = sps.bitDepth(c) + log2 - 5;
    rounding = 1L << (shift - 1);
  }

  /**
   * Scales a level.
   *
   * @param index index of the coefficient in its block, row by row
   */
  int scale(int level, int index) {
    long factor = flat ? scale : (factors[index] & 0xff) * scale;
    long value = (level * factor + rounding) >> shift;
    return (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
  }
}
