package dev.miniatura.internal.resample;

import java.util.Arrays;

/**
 * Sums of values: samples through a transfer function, premultiplied where there is alpha.
 *
 * <p>A sum stays below {@value Axis#MOST_PER_BOX} × 32,640, far from overflow.
 */
final class ValueSums implements RowSums {

  private final int[] sums;
  private final int[] values;
  private final int channels;
  private final boolean alpha;

  /** Prepares to add rows of {@code count} samples, the last of {@code channels} being alpha. */
  ValueSums(int count, int channels, boolean alpha, TransferFunction transfer) {
    this.sums = new int[count];
    this.values = transfer.values();
    this.channels = channels;
    this.alpha = alpha;
  }

  @Override
  public void add(byte[] samples, int offset) {
    if (alpha) {
      addPremultiplied(samples, offset);
      return;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[samples[offset + i] & 0xff];
    }
  }

  private void addPremultiplied(byte[] samples, int offset) {
    int colors = channels - 1;
    for (int i = 0; i < sums.length; i += channels) {
      int a = samples[offset + i + colors] & 0xff;
      if (a == 0) {
        continue;
      }
      for (int c = i; c < i + colors; c++) {
        sums[c] += (values[samples[offset + c] & 0xff] * a + 127) / 255;
      }
      sums[i + colors] += a << TransferFunction.BITS;
    }
  }

  @Override
  public void drain(int[] target) {
    System.arraycopy(sums, 0, target, 0, sums.length);
    Arrays.fill(sums, 0);
  }

  @Override
  public int whitePerSample() {
    return TransferFunction.ONE;
  }
}
