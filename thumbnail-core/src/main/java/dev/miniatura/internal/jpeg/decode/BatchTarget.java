package dev.miniatura.internal.jpeg.decode;

/** Takes the batches of one row of blocks from a {@link BlockReader}. */
@FunctionalInterface
interface BatchTarget {

  /** Takes the first {@code count} blocks of a batch, as decoded, and leaves zeros. */
  void take(IdctBatch batch, int count);
}
