package dev.miniatura.internal.resample;

import java.util.Arrays;

/**
 * Sums of values: samples through a transfer function, multiplied by alpha where there is alpha.
 *
 * <p>A value is at most 32,640 and alpha at most 255, so {@value Axis#MOST_PER_BOX} products add up
 * to less than 2^31. Alpha itself counts as a white sample times alpha.
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
    int[] target = sums;
    int[] table = values;
    for (int i = 0; i < target.length; i++) {
      target[i] += table[samples[offset + i] & 0xff];
    }
  }

  private void addPremultiplied(byte[] samples, int offset) {
    int[] target = sums;
    int[] table = values;
    int step = channels;
    for (int i = 0, at = offset; i < target.length; i += step, at += step) {
      int a = samples[at + step - 1] & 0xff;
      for (int c = 0; c < step - 1; c++) {
        target[i + c] += table[samples[at + c] & 0xff] * a;
      }
      target[i + step - 1] += TransferFunction.ONE * a;
    }
  }

  @Override
  public void drain(int[] target) {
    System.arraycopy(sums, 0, target, 0, sums.length);
    Arrays.fill(sums, 0);
  }

  @Override
  public int white() {
    return alpha ? TransferFunction.ONE * 255 : TransferFunction.ONE;
  }
}
