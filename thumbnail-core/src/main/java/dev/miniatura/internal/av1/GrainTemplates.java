package dev.miniatura.internal.av1;

/** The blocks of noise of a frame (clause 7.18.3.3) and the scale of the noise (7.18.3.4). */
final class GrainTemplates {

  static final int WIDTH = 82;
  private static final int HEIGHT = 73;
  private static final int[] SEEDS = {0, 0xb524, 0x49d8};

  /** Gaussian_Sequence. */
  private static final int[] GAUSSIAN =
      new TableReader("grain.txt").next("Gaussian_Sequence", 2048);

  private final GrainParameters parameters;
  private final int bitDepth;
  private final int subX;
  private final int subY;
  private final int least;
  private final int most;

  /** By plane, rows of {@link #WIDTH}. */
  final int[][] grain = new int[3][WIDTH * HEIGHT];

  /** ScalingLut, with one more entry. */
  final int[][] scaling = new int[3][257];

  GrainTemplates(GrainParameters parameters, SequenceHeader sequence) {
    this.parameters = parameters;
    bitDepth = sequence.bitDepth;
    subX = sequence.subsamplingX;
    subY = sequence.subsamplingY;
    least = -(128 << (bitDepth - 8));
    most = (128 << (bitDepth - 8)) - 1;
    for (int plane = 0; plane < sequence.planes(); plane++) {
      int width = plane > 0 && subX != 0 ? 44 : WIDTH;
      int height = plane > 0 && subY != 0 ? 38 : HEIGHT;
      if (parameters.applies(plane)) {
        fillNoise(plane, width, height);
        filter(plane, width, height);
        fillScaling(plane);
      }
    }
  }

  int clip(int value) {
    return Math.max(least, Math.min(most, value));
  }

  private static int round(int value, int shift) {
    return shift == 0 ? value : (value + (1 << (shift - 1))) >> shift;
  }

  private void fillNoise(int plane, int width, int height) {
    int shift = 12 - bitDepth + parameters.scaleShift;
    int register = parameters.seed ^ SEEDS[plane];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        register = next(register);
        grain[plane][y * WIDTH + x] = round(GAUSSIAN[register >> 5], shift);
      }
    }
  }

  /** One step of get_random_number( ): the register, whose upper bits are the number. */
  static int next(int register) {
    int bit = (register ^ register >> 1 ^ register >> 3 ^ register >> 12) & 1;
    return register >> 1 | bit << 15;
  }

  private void filter(int plane, int width, int height) {
    int lag = parameters.lag;
    int shift = parameters.coefficientShift;
    int[] coefficients = parameters.coefficients[plane];
    int[] noise = grain[plane];
    boolean fromLuma = plane > 0 && parameters.applies(0);
    for (int y = 3; y < height; y++) {
      for (int x = 3; x < width - 3; x++) {
        int sum = 0;
        int index = 0;
        int at = y * WIDTH + x;
        for (int dy = -lag; dy < 0; dy++) {
          for (int dx = -lag; dx <= lag; dx++) {
            sum += noise[at + dy * WIDTH + dx] * coefficients[index++];
          }
        }
        for (int dx = -lag; dx < 0; dx++) {
          sum += noise[at + dx] * coefficients[index++];
        }
        if (fromLuma) {
          sum += lumaGrain(x, y) * coefficients[index];
        }
        noise[at] = clip(noise[at] + round(sum, shift));
      }
    }
  }

  private int lumaGrain(int x, int y) {
    int lumaX = ((x - 3) << subX) + 3;
    int lumaY = ((y - 3) << subY) + 3;
    int sum = 0;
    for (int i = 0; i <= subY; i++) {
      for (int k = 0; k <= subX; k++) {
        sum += grain[0][(lumaY + i) * WIDTH + lumaX + k];
      }
    }
    return round(sum, subX + subY);
  }

  private void fillScaling(int plane) {
    int from = parameters.chromaFromLuma ? 0 : plane;
    int[] x = parameters.pointValue[from];
    int[] y = parameters.pointScaling[from];
    int[] lut = scaling[plane];
    int count = x.length;
    if (count == 0) {
      return;
    }
    java.util.Arrays.fill(lut, 0, x[0], y[0]);
    for (int i = 0; i < count - 1; i++) {
      int deltaX = x[i + 1] - x[i];
      int delta = (y[i + 1] - y[i]) * ((65536 + (deltaX >> 1)) / deltaX);
      for (int k = 0; k < deltaX; k++) {
        lut[x[i] + k] = y[i] + ((k * delta + 32768) >> 16);
      }
    }
    java.util.Arrays.fill(lut, x[count - 1], 257, y[count - 1]);
  }
}
