package dev.miniatura.internal.av1;

/** Adds scaled luma to the DC prediction of chroma (clause 7.11.5). */
final class ChromaFromLuma {

  private final int subX;
  private final int subY;
  private final int most;
  private final int[] values;

  ChromaFromLuma(SequenceHeader sequence, Workspace workspace) {
    subX = sequence.subsamplingX;
    subY = sequence.subsamplingY;
    most = (1 << sequence.bitDepth) - 1;
    values = workspace.luma;
  }

  /**
   * Adds the luma of one transform block.
   *
   * @param lumaEndX one after the last predicted luma column
   */
  void add(
      Plane luma,
      Plane target,
      int startX,
      int startY,
      int widthLog2,
      int heightLog2,
      int alpha,
      int lumaEndX,
      int lumaEndY) {
    int width = 1 << widthLog2;
    int height = 1 << heightLog2;
    int sum = 0;
    for (int i = 0; i < height; i++) {
      int y = Math.min((startY + i) << subY, lumaEndY - (1 << subY));
      for (int k = 0; k < width; k++) {
        int x = Math.min((startX + k) << subX, lumaEndX - (1 << subX));
        int at = luma.at(x, y);
        int total = 0;
        for (int dy = 0; dy <= subY; dy++) {
          for (int dx = 0; dx <= subX; dx++) {
            total += luma.samples[at + dy * luma.stride + dx];
          }
        }
        int value = total << (3 - subX - subY);
        values[i << widthLog2 | k] = value;
        sum += value;
      }
    }
    int shift = widthLog2 + heightLog2;
    int mean = (sum + (1 << (shift - 1))) >> shift;
    for (int i = 0; i < height; i++) {
      int to = target.at(startX, startY + i);
      for (int k = 0; k < width; k++) {
        int product = alpha * (values[i << widthLog2 | k] - mean);
        int scaled = product < 0 ? -((-product + 32) >> 6) : (product + 32) >> 6;
        int sample = target.samples[to + k] + scaled;
        target.samples[to + k] = (short) Math.max(0, Math.min(most, sample));
      }
    }
  }
}
