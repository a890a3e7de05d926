package dev.miniatura.internal.zstd;

import java.io.IOException;

/** What is wrong within a block; where the block is, its reader knows. */
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
