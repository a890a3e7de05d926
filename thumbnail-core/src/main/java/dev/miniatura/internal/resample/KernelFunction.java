package dev.miniatura.internal.resample;

import dev.miniatura.Kernel;

/**
 * The kernels as functions: their support and their values within it, for a sample spacing of one.
 *
 * <p>Only {@link StrictMath} and the four basic operations are used, so that every JDK and CPU
 * computes the same weights.
 */
final class KernelFunction {

  private KernelFunction() {}

  /** Returns the distance from the center beyond which a kernel is zero. */
  static double support(Kernel kernel) {
    return switch (kernel) {
      case BOX -> 0.5;
      case TRIANGLE -> 1;
      case CATMULL_ROM -> 2;
      case LANCZOS3 -> 3;
    };
  }

  /** Returns a kernel's value at a distance from its center; not normalized. */
  static double weight(Kernel kernel, double distance) {
    double x = Math.abs(distance);
    return switch (kernel) {
      case BOX -> x <= 0.5 ? 1 : 0;
      case TRIANGLE -> x < 1 ? 1 - x : 0;
      case CATMULL_ROM -> catmullRom(x);
      case LANCZOS3 -> Lanczos3.weight(x);
    };
  }

  private static double catmullRom(double x) {
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  }

  /**
   * sinc(x) sinc(x / 3) on [0, 3], tabulated once and read with linear interpolation: a cold start
   * computes 769 sines instead of two per weight. With 256 steps per unit, the interpolation error
   * is below 1e-5 (an eighth of the step squared times the largest second derivative, 3.7), less
   * than half a unit of the weights' last bit.
   */
  private static final class Lanczos3 {

    private static final int STEPS = 256;
    private static final double[] TABLE = table();

    private static double[] table() {
      double[] sines = new double[3 * STEPS + 1]; // sin(pi i / (3 * STEPS)), half a period
      for (int i = 0; i < sines.length; i++) {
        sines[i] = StrictMath.sin(Math.PI * i / (3 * STEPS));
      }
      double[] table = new double[3 * STEPS + 2]; // one more zero, for interpolation
      table[0] = 1;
      for (int i = 1; i < 3 * STEPS; i++) {
        double x = (double) i / STEPS;
        double sine = sines[3 * (i % STEPS)]; // |sin(pi x)|, negative in odd periods
        double signed = i / STEPS % 2 == 0 ? sine : -sine;
        table[i] = 3 * signed * sines[i] / (Math.PI * Math.PI * x * x);
      }
      return table;
    }

    static double weight(double x) {
      if (x >= 3) {
        return 0;
      }
      double position = x * STEPS;
      int i = (int) position;
      return TABLE[i] + (position - i) * (TABLE[i + 1] - TABLE[i]);
    }
  }
}
