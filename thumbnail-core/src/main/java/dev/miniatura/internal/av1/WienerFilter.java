package dev.miniatura.internal.av1;

/** The separable symmetric filter of loop restoration (clause 7.17.4). */
final class WienerFilter {

  private static final int STRIDE = LoopRestoration.STRIDE;
  private static final int BORDER = LoopRestoration.BORDER;

  private final int bitDepth;
  private final int[] rows = new int[STRIDE * STRIDE];
  private final int[] vertical = new int[7];
  private final int[] horizontal = new int[7];

  WienerFilter(int bitDepth) {
    this.bitDepth = bitDepth;
  }

  private static void expand(byte[] coded, int at, int[] filter) {
    int center = 128;
    for (int i = 0; i < 3; i++) {
      int tap = coded[at + i];
      filter[i] = tap;
      filter[6 - i] = tap;
      center -= 2 * tap;
    }
    filter[3] = center;
  }

  /** Filters a piece whose source has a border. */
  void filter(
      int[] source, byte[] taps, int at, Plane target, int x, int y, int width, int height) {
    expand(taps, at, vertical);
    expand(taps, at + 3, horizontal);
    int round0 = bitDepth == 12 ? 5 : 3;
    int round1 = bitDepth == 12 ? 9 : 11;
    int offset = 1 << (bitDepth + 7 - round0 - 1);
    int limit = (1 << (bitDepth + 8 - round0)) - 1;
    for (int i = 0; i < height + 2 * BORDER; i++) {
      int in = i * STRIDE;
      for (int k = 0; k < width; k++) {
        int sum = 1 << (round0 - 1);
        for (int t = 0; t < 7; t++) {
          sum += horizontal[t] * source[in + k + t];
        }
        rows[in + k] = Math.max(-offset, Math.min(limit - offset, sum >> round0));
      }
    }
    int most = (1 << bitDepth) - 1;
    for (int i = 0; i < height; i++) {
      int out = target.at(x, y + i);
      for (int k = 0; k < width; k++) {
        int sum = 1 << (round1 - 1);
        for (int t = 0; t < 7; t++) {
          sum += vertical[t] * rows[(i + t) * STRIDE + k];
        }
        target.samples[out + k] = (short) Math.max(0, Math.min(most, sum >> round1));
      }
    }
  }
}
