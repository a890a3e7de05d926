package dev.miniatura.internal.resample;

/** The last step: converts a row of values, one run per channel, to stored samples. */
final class RowEncoder {

  private final TransferFunction transfer;
  private final boolean alpha;
  private final byte[][] channels;
  private final byte[][] remainders;
  private final int width;

  /**
   * Prepares to write rows.
   *
   * @param channels the destination; the last channel is alpha if there is one
   * @param remainders the destination of rounding remainders, or empty; values are {@link
   *     dev.miniatura.internal.raster.Raster#REMAINDER_BITS} bits finer than samples, so they fit
   * @param width samples per row of each channel
   */
  RowEncoder(
      TransferFunction transfer, boolean alpha, byte[][] channels, byte[][] remainders, int width) {
    this.transfer = transfer;
    this.alpha = alpha;
    this.channels = channels;
    this.remainders = remainders;
    this.width = width;
  }

  /** Writes row {@code y}; channel c's values begin at {@code c * width}. */
  void write(int[] values, int y) {
    if (alpha) {
      writeStraight(values, y);
      return;
    }
    for (int c = 0; c < channels.length; c++) {
      byte[] target = channels[c];
      for (int x = 0; x < width; x++) {
        target[y * width + x] = transfer.sample(values[c * width + x]);
      }
    }
    for (int c = 0; c < remainders.length; c++) {
      for (int x = 0, at = y * width; x < width; x++, at++) {
        int value = Math.max(0, Math.min(TransferFunction.ONE, values[c * width + x]));
        remainders[c][at] = (byte) (value - ((channels[c][at] & 0xff) << TransferFunction.BITS));
      }
    }
  }

  /**
   * Divides by alpha. If alpha rounds to zero, so does the color. If a kernel overshoots full
   * opacity, the color has overshot as well, so it is divided by the computed alpha, not the stored
   * one. The product fits in an int, as values stay below 65,280; see {@link HorizontalPass}.
   */
  private void writeStraight(int[] values, int y) {
    int colors = channels.length - 1;
    for (int x = 0; x < width; x++) {
      int a = values[colors * width + x];
      int stored = (a + (1 << (TransferFunction.BITS - 1))) >> TransferFunction.BITS;
      int at = y * width + x;
      if (stored <= 0) {
        for (byte[] channel : channels) {
          channel[at] = 0;
        }
        continue;
      }
      for (int c = 0; c < colors; c++) {
        int premultiplied = Math.max(0, Math.min(a, values[c * width + x]));
        int straight =
            a == TransferFunction.ONE
                ? premultiplied
                : (premultiplied * TransferFunction.ONE + (a >> 1)) / a;
        channels[c][at] = transfer.sample(straight);
      }
      channels[colors][at] = (byte) Math.min(255, stored);
    }
  }
}
