package dev.miniatura.internal.webp;

import java.util.Arrays;

/** Predicts whole blocks of luma and chroma from the samples around (RFC 6386, section 12.2). */
final class IntraPrediction {

  private IntraPrediction() {}

  /**
   * Predicts a block.
   *
   * @param hasAbove whether the samples above belong to the frame, which matters only for the mean
   * @param hasLeft the same for the samples to the left
   */
  static void predict(
      int mode, byte[] samples, int at, int stride, int size, boolean hasAbove, boolean hasLeft) {
    int above = at - stride;
    switch (mode) {
      case IntraModes.VE -> {
        for (int y = 0, row = at; y < size; y++, row += stride) {
          System.arraycopy(samples, above, samples, row, size);
        }
      }
      case IntraModes.HE -> {
        for (int y = 0, row = at; y < size; y++, row += stride) {
          Arrays.fill(samples, row, row + size, samples[row - 1]);
        }
      }
      case IntraModes.TM -> trueMotion(samples, at, stride, size);
      default -> {
        byte mean = mean(samples, at, stride, size, hasAbove, hasLeft);
        for (int y = 0, row = at; y < size; y++, row += stride) {
          Arrays.fill(samples, row, row + size, mean);
        }
      }
    }
  }

  /** Continues the gradients: left + above − corner. */
  static void trueMotion(byte[] samples, int at, int stride, int size) {
    int above = at - stride;
    int corner = samples[above - 1] & 0xff;
    for (int y = 0, row = at; y < size; y++, row += stride) {
      int base = (samples[row - 1] & 0xff) - corner;
      for (int x = 0; x < size; x++) {
        samples[row + x] = InverseTransform.clamp(base + (samples[above + x] & 0xff));
      }
    }
  }

  static byte mean(
      byte[] samples, int at, int stride, int size, boolean hasAbove, boolean hasLeft) {
    int sum = 0;
    for (int i = 0; hasAbove && i < size; i++) {
      sum += samples[at - stride + i] & 0xff;
    }
    for (int i = 0; hasLeft && i < size; i++) {
      sum += samples[at - 1 + i * stride] & 0xff;
    }
    int count = size * ((hasAbove ? 1 : 0) + (hasLeft ? 1 : 0));
    return (byte) (count == 0 ? 128 : (sum + count / 2) / count);
  }
}
