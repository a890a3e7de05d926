package dev.miniatura.internal.jpeg.decode;

/** The inverse DCT to one sample, the mean; for its range see {@link InverseDct#mean}. */
final class Idct1 implements Idct {

  private final byte[] means = new byte[IdctBatch.BLOCKS];

  @Override
  public void transform(int[] lanes) {
    for (int b = 0; b < IdctBatch.BLOCKS; b++) {
      means[b] = InverseDct.mean(lanes[b]);
    }
  }

  @Override
  public void storeRow(int y, int count, byte[] out, int at) {
    System.arraycopy(means, 0, out, at, count);
  }
}
