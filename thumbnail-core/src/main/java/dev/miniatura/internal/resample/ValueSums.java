package dev.miniatura.internal.resample;

import java.util.Arrays;

/**
 * Sums of values: samples through a transfer function, multiplied by alpha where there is alpha.
 *
 * <p>A value is at most 32,640 and alpha at most 255, so {@value Axis#MAX_PER_BOX} products add up
 * to less than 2^31. Alpha itself counts as a white sample times alpha.
 */
final class ValueSums implements RowSums {

  private final LineMeans means;
  private final int[] sums;
  private final int[] values;
  private final int channels;
  private final boolean alpha;
  private final boolean packed; // convert can skip the table

  /**
   * Prepares to add the samples of an axis in rows of {@code channels} channels, the last of which
   * may be alpha.
   */
  ValueSums(Axis horizontal, int channels, boolean alpha, TransferFunction transfer) {
    means = new LineMeans(horizontal, channels, TransferFunction.ONE * (alpha ? 255 : 1));
    sums = new int[(horizontal.end - horizontal.first) * channels];
    this.values = transfer.values();
    this.channels = channels;
    this.alpha = alpha;
    packed =
        alpha && channels == PremultipliedRow.CHANNELS && transfer == TransferFunction.encoded();
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
  public void means(int rows, int[] target) {
    means.reduce(sums, rows, target);
    Arrays.fill(sums, 0);
  }

  @Override
  public void convert(byte[] samples, int offset, int[] target) {
    int step = channels;
    int columns = sums.length / step;
    if (packed) {
      PremultipliedRow.convert(samples, offset, columns, target);
      return;
    }
    int colors = alpha ? step - 1 : step;
    int[] table = values;
    for (int x = 0, at = offset; x < columns; x++, at += step) {
      int a = alpha ? samples[at + colors] & 0xff : 255;
      for (int c = 0, to = x; c < colors; c++, to += columns) {
        target[to] = (table[samples[at + c] & 0xff] * a + 127) / 255;
      }
      if (alpha) {
        target[colors * columns + x] = a << TransferFunction.BITS;
      }
    }
  }

  @Override
  public int parts() {
    return 1;
  }
}
