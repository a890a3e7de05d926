package dev.miniatura.internal.zstd;

import java.io.IOException;

/** Says what is wrong in a block; the block's reader adds the offset. */
final class BrokenBlock extends IOException {

  private static final long serialVersionUID = 1;

  private BrokenBlock(String reason) {
    super(reason);
  }

  static void check(boolean right, String reason) throws BrokenBlock {
    if (!right) {
      throw new BrokenBlock(reason);
    }
  }
}
