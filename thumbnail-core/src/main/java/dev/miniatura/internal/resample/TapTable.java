package dev.miniatura.internal.resample;

import dev.miniatura.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * The weights of boxes in output samples, in fixed point.
 *
 * <p>Output sample i with center C and scale s gives a box with center p and length q (1 inside,
 * less where the image ends within it) the weight
 *
 * <pre>  q ((1 + 2c) K(x) − c K(x − d) − c K(x + d)),   x = (p − C) / s,   d = boxSize / s</pre>
 *
 * with c from {@link Axis#compensation()}, normalized to a sum of one. That is the kernel convolved
 * with the filter that undoes the boxes' blur; evaluated at the box's true center, it is also right
 * for partial boxes. {@link Kernel#BOX} weights each box by the length of the overlap of both
 * intervals.
 *
 * <p><b>Format.</b> Weights have {@value #BITS} fraction bits and sum to exactly 1.0. They are
 * rounded cumulatively: each is the difference of two rounded running sums, so the sum is exact and
 * no weight is off by more than one unit. The weights' absolute values add up to less than 2, which
 * the passes rely on. Every output sample has {@link #taps} weights; those beyond the kernel are
 * zero.
 */
final class TapTable {

  /** Fraction bits of a weight. */
  static final int BITS = 14;

  /** The axis of these weights. */
  final Axis axis;

  /** Weights per output sample. */
  final int taps;

  /** First box of each output sample; never decreases, and {@code start + taps <= boxes}. */
  final int[] starts;

  /** {@code weights[i * taps + t]} belongs to box {@code starts[i] + t}. */
  final int[] weights;

  private long @Nullable [] longs;

  TapTable(Axis axis) {
    this.axis = axis;
    taps = axis.mostTaps();
    starts = new int[axis.outputs];
    weights = new int[Math.multiplyExact(axis.outputs, taps)];
    double[] kernel = new double[taps + 2];
    double[] exact = new double[taps];
    for (int i = 0; i < axis.outputs; i++) {
      double low = (axis.center(i) - axis.reach() - axis.first) / axis.boxSize;
      starts[i] = (int) Math.max(0, Math.min(axis.boxes - taps, Math.floor(low + 0.5)));
      if (axis.kernel == Kernel.BOX) {
        shareLength(i, exact);
      } else {
        sampleKernel(i, kernel, exact);
      }
      round(exact, i * taps);
    }
  }

  /** Returns the weights as longs, which planes of equal geometry share. */
  long[] longs() {
    long[] table = longs;
    if (table == null) {
      table = new long[weights.length];
      for (int i = 0; i < table.length; i++) {
        table[i] = weights[i];
      }
      longs = table;
    }
    return table;
  }

  private void shareLength(int output, double[] exact) {
    double from = axis.center(output) - axis.ratio / 2;
    double to = axis.center(output) + axis.ratio / 2;
    for (int t = 0; t < taps; t++) {
      int box = starts[output] + t;
      double low = Math.max(from, axis.boxStart(box));
      exact[t] = Math.max(0, Math.min(to, axis.boxEnd(box)) - low);
    }
  }

  /** Evaluates the kernel once per box and neighbor; {@code kernel[t + 1]} is K(x) of tap t. */
  private void sampleKernel(int output, double[] kernel, double[] exact) {
    double c = axis.compensation();
    double d = axis.boxSize / axis.scale();
    double x = distance(starts[output], output, axis.boxSize);
    for (int t = 0; t < kernel.length; t++) {
      kernel[t] = KernelFunction.weight(axis.kernel, x + (t - 1) * d);
    }
    for (int t = 0; t < taps; t++) {
      exact[t] = (1 + 2 * c) * kernel[t + 1] - c * (kernel[t] + kernel[t + 2]);
    }
    int last = axis.boxes - 1 - starts[output];
    double length = axis.boxEnd(axis.boxes - 1) - axis.boxStart(axis.boxes - 1);
    if (last < taps && length < axis.boxSize) {
      x = distance(axis.boxes - 1, output, length);
      double beside =
          KernelFunction.weight(axis.kernel, x - d) + KernelFunction.weight(axis.kernel, x + d);
      exact[last] =
          ((1 + 2 * c) * KernelFunction.weight(axis.kernel, x) - c * beside)
              * (length / axis.boxSize);
    }
  }

  /** Returns x of a box of the given length. */
  private double distance(int box, int output, double length) {
    return (axis.boxStart(box) + length / 2 - axis.center(output)) / axis.scale();
  }

  private void round(double[] exact, int offset) {
    double sum = 0;
    for (double weight : exact) {
      sum += weight;
    }
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
