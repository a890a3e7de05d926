package dev.miniatura.internal.webp;

import dev.miniatura.internal.bytes.ByteViews;

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
        for (int x = 0; x < size; x += Long.BYTES) {
          long eight = ByteViews.longLe(samples, above + x);
          for (int y = 0, row = at + x; y < size; y++, row += stride) {
            ByteViews.putLongLe(samples, row, eight);
          }
        }
      }
      case IntraModes.HE -> {
        for (int y = 0, row = at; y < size; y++, row += stride) {
          fill(samples, row, size, samples[row - 1]);
        }
      }
      case IntraModes.TM -> trueMotion(samples, at, stride, size);
      default -> {
        byte mean = mean(samples, at, stride, size, hasAbove, hasLeft);
        for (int y = 0, row = at; y < size; y++, row += stride) {
          fill(samples, row, size, mean);
        }
      }
    }
  }

  /** Fills a row of 8 or 16 samples. */
  private static void fill(byte[] samples, int row, int size, byte value) {
    long eight = (value & 0xffL) * 0x0101010101010101L;
    for (int x = row; x < row + size; x += Long.BYTES) {
      ByteViews.putLongLe(samples, x, eight);
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
