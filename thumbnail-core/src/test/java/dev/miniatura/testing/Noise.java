package dev.miniatura.testing;

/**
 * Value noise: random numbers on a grid of integers, smoothly joined between. The random numbers
 * are a hash of the grid position, so that a picture has the same pixels on every machine.
 */
final class Noise {

  private Noise() {}

  /** Returns a number in [0, 2^32) that looks random; Wang's mixing steps. */
  static long hash(int x, int y, int seed) {
    int h = x * 0x27d4eb2d ^ y * 0x165667b1 ^ seed * 0x9e3779b1;
    h = (h ^ (h >>> 15)) * 0x2c1b3c6d;
    h = (h ^ (h >>> 12)) * 0x297a2d39;
    return Integer.toUnsignedLong(h ^ (h >>> 15));
  }

  /** Returns the random number of a grid position, in [0, 1). */
  static double at(int x, int y, int seed) {
    return hash(x, y, seed) / 4294967296.0;
  }

  /** Returns smooth noise in [0, 1) with features one unit wide. */
  static double smooth(double x, double y, int seed) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    double right = ease(x - column);
    double down = ease(y - row);
    double top = mix(at(column, row, seed), at(column + 1, row, seed), right);
    double bottom = mix(at(column, row + 1, seed), at(column + 1, row + 1, seed), right);
    return mix(top, bottom, down);
  }

  /** Returns noise in [0, 1) with detail down to {@code 2^-octaves} of a unit. */
  static double fractal(double x, double y, int octaves, int seed) {
    double sum = 0;
    double amplitude = 0.5;
    double total = 0;
    double frequency = 1;
    for (int octave = 0; octave < octaves; octave++) {
      sum += amplitude * smooth(x * frequency, y * frequency, seed + octave * 101);
      total += amplitude;
      amplitude *= 0.5;
      frequency *= 2.03;
    }
    return sum / total;
  }

  /** Returns 0 below {@code from}, 1 above {@code to}, and a smooth step between. */
  static double step(double from, double to, double value) {
    return ease(Math.max(0, Math.min(1, (value - from) / (to - from))));
  }

  static double mix(double from, double to, double share) {
    return from + (to - from) * share;
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }
}
