package dev.miniatura.internal.resample;

import dev.miniatura.Kernel;

/**
 * The weights with which boxes make output samples, in fixed point.
 *
 * <p>Output sample i with center C and scale s gives a box with center p and length q (1 inside,
 * less where the image ends within it) the weight
 *
 * <pre>  q ((1 + 2c) K(x) − c K(x − d) − c K(x + d)),   x = (p − C) / s,   d = boxSize / s</pre>
 *
 * with c from {@link Axis#compensation()}, normalized to a sum of one. That is the kernel convolved
 * with the filter that undoes the boxes' blur; evaluated at the box's true center it holds for
 * partial boxes too. {@link Kernel#BOX} weighs each box with the length that both intervals share.
 *
 * <p><b>Format.</b> Weights have {@value #BITS} fraction bits and sum to exactly 1.0. They are
 * rounded cumulatively: each is the difference of two rounded running sums, so the sum cannot be
 * off and no weight is by more than one unit. The weights' absolute values add up to less than 2,
 * which the passes of {@link PlaneResampler} rely on. Every output sample has {@link #taps}
 * weights; those beyond the kernel are zero.
 */
final class TapTable {

  /** Fraction bits of a weight. */
  static final int BITS = 14;

  /** Weights per output sample. */
  final int taps;

  /** First box of each output sample; never decreases, and {@code start + taps <= boxes}. */
  final int[] starts;

  /** {@code weights[i * taps + t]} belongs to box {@code starts[i] + t}. */
  final int[] weights;

  TapTable(Axis axis) {
    taps = axis.mostTaps();
    starts = new int[axis.outputs];
    weights = new int[Math.multiplyExact(axis.outputs, taps)];
    double[] exact = new double[taps];
    for (int i = 0; i < axis.outputs; i++) {
      double low = (axis.center(i) - axis.reach() - axis.first) / axis.boxSize;
      int start = (int) Math.max(0, Math.min(axis.boxes - taps, Math.floor(low)));
      starts[i] = start;
      double sum = 0;
      for (int t = 0; t < taps; t++) {
        exact[t] = weight(axis, i, start + t);
        sum += exact[t];
      }
      round(exact, sum, i * taps);
    }
  }

  private static double weight(Axis axis, int output, int box) {
    double from = axis.boxStart(box);
    double to = axis.boxEnd(box);
    double center = axis.center(output);
    double scale = axis.scale();
    if (axis.kernel == Kernel.BOX) {
      double low = Math.max(from, center - scale / 2);
      return Math.max(0, Math.min(to, center + scale / 2) - low);
    }
    double x = ((from + to) / 2 - center) / scale;
    double value = KernelFunction.weight(axis.kernel, x);
    double c = axis.compensation();
    if (c > 0) {
      double d = axis.boxSize / scale;
      double beside =
          KernelFunction.weight(axis.kernel, x - d) + KernelFunction.weight(axis.kernel, x + d);
      value += c * (2 * value - beside);
    }
    return (to - from) * value;
  }

  private void round(double[] exact, double sum, int offset) {
    double running = 0;
    int rounded = 0;
    for (int t = 0; t < taps; t++) {
      running += exact[t];
      int next = (int) Math.rint(running / sum * (1 << BITS));
      weights[offset + t] = next - rounded;
      rounded = next;
    }
  }
}
