package dev.miniatura.internal.webp;

import dev.miniatura.internal.bytes.ByteViews;

/**
 * Predicts luma subblocks from the surrounding samples (RFC 6386, section 12.3).
 *
 * <p>Those are in {@code edge}, as if on a line: the 4 to the left from the bottom up, the corner,
 * the 4 above, and the 4 to the right of those. Directional modes smooth that line and copy along
 * their direction.
 */
final class SubblockPrediction {

  private static final int CORNER = 4;

  private final int[] edge = new int[13];

  /**
   * Predicts a subblock.
   *
   * @param aboveRight index of the 4 samples to the right of those above
   */
  void predict(int mode, byte[] samples, int at, int stride, int aboveRight) {
    if (mode == IntraModes.TM) {
      IntraPrediction.trueMotion(samples, at, stride, 4);
      return;
    }
    load(samples, at, stride, aboveRight);
    draw(mode, samples, at, stride);
  }

  /** Loads the samples around a subblock, from which {@link #draw} can then predict it. */
  void load(byte[] samples, int at, int stride, int aboveRight) {
    for (int i = 0; i < 4; i++) {
      edge[3 - i] = samples[at + i * stride - 1] & 0xff;
    }
    edge[CORNER] = samples[at - stride - 1] & 0xff;
    loadFour(samples, at - stride, CORNER + 1);
    loadFour(samples, aboveRight, CORNER + 5);
  }

  private void loadFour(byte[] samples, int from, int to) {
    int four = ByteViews.intLe(samples, from);
    edge[to] = four & 0xff;
    edge[to + 1] = four >>> 8 & 0xff;
    edge[to + 2] = four >>> 16 & 0xff;
    edge[to + 3] = four >>> 24;
  }

  /** Predicts a subblock from the loaded samples, at any position. */
  void draw(int mode, byte[] samples, int at, int stride) {
    switch (mode) {
      case IntraModes.TM -> trueMotion(samples, at, stride);
      case IntraModes.VE -> vertical(samples, at, stride);
      case IntraModes.HE -> horizontal(samples, at, stride);
      case IntraModes.LD -> leftDown(samples, at, stride);
      case IntraModes.RD -> rightDown(samples, at, stride);
      case IntraModes.VR -> verticalRight(samples, at, stride);
      case IntraModes.VL -> verticalLeft(samples, at, stride);
      case IntraModes.HD -> horizontalDown(samples, at, stride);
      case IntraModes.HU -> horizontalUp(samples, at, stride);
      default -> mean(samples, at, stride);
    }
  }

  /** Returns the mean of two neighbors on the line. */
  private byte two(int i) {
    return (byte) ((edge[i] + edge[i + 1] + 1) >> 1);
  }

  /** Returns the mean of a sample on the line, counted twice, and its neighbors. */
  private byte three(int i) {
    return weighted(edge[i - 1], edge[i], edge[i + 1]);
  }

  private static byte weighted(int before, int middle, int after) {
    return (byte) ((before + 2 * middle + after + 2) >> 2);
  }

  private void mean(byte[] samples, int at, int stride) {
    int sum = 4;
    for (int i = 0; i < 4; i++) {
      sum += edge[i] + edge[CORNER + 1 + i];
    }
    byte mean = (byte) (sum >> 3);
    for (int y = 0, row = at; y < 4; y++, row += stride) {
      fill(samples, row, mean, mean, mean, mean);
    }
  }

  private void trueMotion(byte[] samples, int at, int stride) {
    for (int y = 0, row = at; y < 4; y++, row += stride) {
      int base = edge[3 - y] - edge[CORNER];
      for (int x = 0; x < 4; x++) {
        samples[row + x] = InverseTransform.clamp(base + edge[CORNER + 1 + x]);
      }
    }
  }

  private void vertical(byte[] samples, int at, int stride) {
    byte a = three(5);
    byte b = three(6);
    byte c = three(7);
    byte d = three(8);
    for (int y = 0, row = at; y < 4; y++, row += stride) {
      fill(samples, row, a, b, c, d);
    }
  }

  private void horizontal(byte[] samples, int at, int stride) {
    for (int y = 0, row = at; y < 4; y++, row += stride) {
      byte value = y < 3 ? three(3 - y) : weighted(edge[1], edge[0], edge[0]);
      fill(samples, row, value, value, value, value);
    }
  }

  private void leftDown(byte[] samples, int at, int stride) {
    for (int y = 0, row = at; y < 4; y++, row += stride) {
      int i = CORNER + 2 + y;
      byte last = y < 3 ? three(i + 3) : weighted(edge[11], edge[12], edge[12]);
      fill(samples, row, three(i), three(i + 1), three(i + 2), last);
    }
  }

  private void rightDown(byte[] samples, int at, int stride) {
    for (int y = 0, row = at; y < 4; y++, row += stride) {
      int i = CORNER - y;
      fill(samples, row, three(i), three(i + 1), three(i + 2), three(i + 3));
    }
  }

  private void verticalRight(byte[] samples, int at, int stride) {
    fill(samples, at, two(4), two(5), two(6), two(7));
    fill(samples, at + stride, three(4), three(5), three(6), three(7));
    fill(samples, at + 2 * stride, three(3), two(4), two(5), two(6));
    fill(samples, at + 3 * stride, three(2), three(4), three(5), three(6));
  }

  private void verticalLeft(byte[] samples, int at, int stride) {
    fill(samples, at, two(5), two(6), two(7), two(8));
    fill(samples, at + stride, three(6), three(7), three(8), three(9));
    fill(samples, at + 2 * stride, two(6), two(7), two(8), three(10));
    fill(samples, at + 3 * stride, three(7), three(8), three(9), three(11));
  }

  private void horizontalDown(byte[] samples, int at, int stride) {
    fill(samples, at, two(3), three(4), three(5), three(6));
    fill(samples, at + stride, two(2), three(3), two(3), three(4));
    fill(samples, at + 2 * stride, two(1), three(2), two(2), three(3));
    fill(samples, at + 3 * stride, two(0), three(1), two(1), three(2));
  }

  private void horizontalUp(byte[] samples, int at, int stride) {
    byte last = (byte) edge[0];
    byte beforeLast = weighted(edge[1], edge[0], edge[0]);
    fill(samples, at, two(2), three(2), two(1), three(1));
    fill(samples, at + stride, two(1), three(1), two(0), beforeLast);
    fill(samples, at + 2 * stride, two(0), beforeLast, last, last);
    fill(samples, at + 3 * stride, last, last, last, last);
  }

  private static void fill(byte[] samples, int row, byte a, byte b, byte c, byte d) {
    ByteViews.putIntLe(samples, row, (a & 0xff) | (b & 0xff) << 8 | (c & 0xff) << 16 | d << 24);
  }
}
