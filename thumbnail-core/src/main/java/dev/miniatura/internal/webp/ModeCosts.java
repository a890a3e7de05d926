package dev.miniatura.internal.webp;

/** The costs of intra modes (RFC 6386, section 11), in 1/256 bit. */
final class ModeCosts {

  /** The costs for whole luma blocks, including the bool for that. */
  static final int[] WHOLE = new int[4];

  /** The cost of the bool for predicted subblocks. */
  static final int SUBBLOCKS = TokenCosts.bit(145, 0);

  static final int[] CHROMA = new int[4];

  /**
   * The costs for subblocks, indexed like {@link IntraModes#PROBABILITIES}: by mode above, mode to
   * the left, and own mode.
   */
  private static final int[] SUBBLOCK =
      new int[IntraModes.MODES * IntraModes.MODES * IntraModes.MODES];

  static {
    int whole = TokenCosts.bit(145, 1);
    WHOLE[IntraModes.DC] = whole + TokenCosts.bit(156, 0) + TokenCosts.bit(163, 0);
    WHOLE[IntraModes.VE] = whole + TokenCosts.bit(156, 0) + TokenCosts.bit(163, 1);
    WHOLE[IntraModes.HE] = whole + TokenCosts.bit(156, 1) + TokenCosts.bit(128, 0);
    WHOLE[IntraModes.TM] = whole + TokenCosts.bit(156, 1) + TokenCosts.bit(128, 1);
    CHROMA[IntraModes.DC] = TokenCosts.bit(142, 0);
    int chroma = TokenCosts.bit(142, 1);
    CHROMA[IntraModes.VE] = chroma + TokenCosts.bit(114, 0);
    chroma += TokenCosts.bit(114, 1);
    CHROMA[IntraModes.HE] = chroma + TokenCosts.bit(183, 0);
    CHROMA[IntraModes.TM] = chroma + TokenCosts.bit(183, 1);
    for (int i = 0; i < SUBBLOCK.length; i++) {
      int context = i / IntraModes.MODES;
      SUBBLOCK[i] = tree(context * IntraModes.NODES, i % IntraModes.MODES);
    }
  }

  private ModeCosts() {}

  /** Returns the index of the costs of a subblock's modes for {@link #subblock}. */
  static int context(int above, int left) {
    return (above * IntraModes.MODES + left) * IntraModes.MODES;
  }

  static int subblock(int context, int mode) {
    return SUBBLOCK[context + mode];
  }

  private static int tree(int probabilities, int mode) {
    int cost = 0;
    int node = 0;
    while (node >= 0) {
      int bit = BoolEncoder.reaches(IntraModes.TREE, IntraModes.TREE[node], mode) ? 0 : 1;
      cost += TokenCosts.bit(IntraModes.PROBABILITIES[probabilities + (node >> 1)], bit);
      node = IntraModes.TREE[node + bit];
    }
    return cost;
  }
}
