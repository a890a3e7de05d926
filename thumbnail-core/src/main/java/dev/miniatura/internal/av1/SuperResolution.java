package dev.miniatura.internal.av1;

/** The horizontal upscaling of a frame (clause 7.16). */
final class SuperResolution {

  private static final int SCALE_BITS = 14;
  private static final int SCALE_MASK = (1 << SCALE_BITS) - 1;
  private static final int EXTRA_BITS = 8;

  /** Upscale_Filter, the first 33 of 64 phases; the others mirror these. */
  private static final byte[] HALF = {
    0, 0, 0, -128, 0, 0, 0, 0, 0, 0, -1, -128, 2, -1, 0, 0, 0, 1, -3, 127, 4, -2, 1, 0, 0, 1, -4,
    127, 6, -3, 1, 0, 0, 2, -6, 126, 8, -3, 1, 0, 0, 2, -7, 125, 11, -4, 1, 0, -1, 2, -8, 125, 13,
    -5, 2, 0, -1, 3, -9, 124, 15, -6, 2, 0, -1, 3, -10, 123, 18, -6, 2, -1, -1, 3, -11, 122, 20, -7,
    3, -1, -1, 4, -12, 121, 22, -8, 3, -1, -1, 4, -13, 120, 25, -9, 3, -1, -1, 4, -14, 118, 28, -9,
    3, -1, -1, 4, -15, 117, 30, -10, 4, -1, -1, 5, -16, 116, 32, -11, 4, -1, -1, 5, -16, 114, 35,
    -12, 4, -1, -1, 5, -17, 112, 38, -12, 4, -1, -1, 5, -18, 111, 40, -13, 5, -1, -1, 5, -18, 109,
    43, -14, 5, -1, -1, 6, -19, 107, 45, -14, 5, -1, -1, 6, -19, 105, 48, -15, 5, -1, -1, 6, -19,
    103, 51, -16, 5, -1, -1, 6, -20, 101, 53, -16, 6, -1, -1, 6, -20, 99, 56, -17, 6, -1, -1, 6,
    -20, 97, 58, -17, 6, -1, -1, 6, -20, 95, 61, -18, 6, -1, -2, 7, -20, 93, 64, -18, 6, -2, -2, 7,
    -20, 91, 66, -19, 6, -1, -2, 7, -20, 88, 69, -19, 6, -1, -2, 7, -20, 86, 71, -19, 6, -1, -2, 7,
    -20, 84, 74, -20, 7, -2, -2, 7, -20, 81, 76, -20, 7, -1, -2, 7, -20, 79, 79, -20, 7, -2
  };

  private static final int[] FILTER = new int[64 * 8];

  static {
    for (int phase = 0; phase < 64; phase++) {
      for (int tap = 0; tap < 8; tap++) {
        int value = phase <= 32 ? HALF[phase * 8 + tap] : HALF[(64 - phase) * 8 + 7 - tap];
        FILTER[phase * 8 + tap] = value == -128 ? 128 : value;
      }
    }
  }

  private SuperResolution() {}

  /** Writes the upscaled plane. */
  static void upscale(FrameHeader header, int plane, Plane source, Plane target) {
    int subX = plane > 0 ? header.sequence.subsamplingX : 0;
    int from = header.planeWidth(plane);
    int to = header.upscaledPlaneWidth(plane);
    int step = ((from << SCALE_BITS) + to / 2) / to;
    int error = to * step - (from << SCALE_BITS);
    int start =
        (-((to - from) << (SCALE_BITS - 1)) + to / 2) / to + (1 << (EXTRA_BITS - 1)) - error / 2
            & SCALE_MASK;
    int last = ((header.miCols * 4) >> subX) - 1;
    int most = (1 << header.sequence.bitDepth) - 1;
    for (int y = 0; y < header.planeHeight(plane); y++) {
      int in = source.at(0, y);
      int out = target.at(0, y);
      for (int x = 0; x < to; x++) {
        int position = -(1 << SCALE_BITS) + start + x * step;
        int whole = position >> SCALE_BITS;
        int filter = ((position & SCALE_MASK) >> EXTRA_BITS) * 8;
        int sum = 64;
        for (int k = 0; k < 8; k++) {
          int column = Math.max(0, Math.min(last, whole + k - 3));
          sum += source.samples[in + column] * FILTER[filter + k];
        }
        target.samples[out + x] = (short) Math.max(0, Math.min(most, sum >> 7));
      }
    }
  }
}
