package dev.miniatura.internal.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a histogram's bins into boxes of similar color: always the box with the largest error,
 * along the component that contributes most to it, at the position that leaves the smallest error.
 */
final class ColorBoxes {

  private final ColorHistogram histogram;
  private final int[] bins;

  /** Bins {@code from} to {@code to}, and the error if all become their mean. */
  private record Box(int from, int to, double error) {}

  private ColorBoxes(ColorHistogram histogram) {
    this.histogram = histogram;
    bins = new int[histogram.size()];
    Arrays.setAll(bins, i -> i);
  }

  /** Returns the means of at most {@code max} boxes. */
  static int[][] split(ColorHistogram histogram, int max) {
    return new ColorBoxes(histogram).split(max);
  }

  private int[][] split(int max) {
    List<Box> boxes = new ArrayList<>();
    boxes.add(box(0, bins.length));
    while (boxes.size() < max) {
      int worst = 0;
      for (int i = 1; i < boxes.size(); i++) {
        if (boxes.get(i).error > boxes.get(worst).error) {
          worst = i;
        }
      }
      Box box = boxes.get(worst);
      if (box.to - box.from < 2) {
        break;
      }
      int middle = cut(box);
      boxes.set(worst, box(box.from, middle));
      boxes.add(box(middle, box.to));
    }
    int[][] means = new int[boxes.size()][];
    Arrays.setAll(means, i -> sums(boxes.get(i).from, boxes.get(i).to).mean());
    return means;
  }

  private Box box(int from, int to) {
    double error = 0;
    if (to - from > 1) {
      Sums sums = sums(from, to);
      for (int c = 0; c < Components.COUNT; c++) {
        error += sums.error(c);
      }
    }
    return new Box(from, to, error);
  }

  /** Sorts a box's bins along its longest component and returns the position of the cut. */
  private int cut(Box box) {
    Sums all = sums(box.from, box.to);
    int axis = 0;
    for (int c = 1; c < Components.COUNT; c++) {
      if (all.error(c) > all.error(axis)) {
        axis = c;
      }
    }
    sort(box, axis);
    Sums left = new Sums();
    int best = box.from + 1;
    double min = Double.MAX_VALUE;
    for (int i = box.from; i < box.to - 1; i++) {
      left.add(bins[i]);
      double error = left.errorOfBoth(all);
      if (error < min) {
        min = error;
        best = i + 1;
      }
    }
    return best;
  }

  private void sort(Box box, int axis) {
    long[] keys = new long[box.to - box.from];
    for (int i = 0; i < keys.length; i++) {
      int bin = bins[box.from + i];
      keys[i] = (long) histogram.component(bin, axis) << 32 | bin;
    }
    Arrays.sort(keys);
    for (int i = 0; i < keys.length; i++) {
      bins[box.from + i] = (int) keys[i];
    }
  }

  private Sums sums(int from, int to) {
    Sums sums = new Sums();
    for (int i = from; i < to; i++) {
      sums.add(bins[i]);
    }
    return sums;
  }

  /** Moments of a set of bins. */
  private final class Sums {

    private double count;
    private final double[] sums = new double[Components.COUNT];
    private final double[] squares = new double[Components.COUNT];

    void add(int bin) {
      double weight = histogram.count(bin);
      count += weight;
      for (int c = 0; c < Components.COUNT; c++) {
        double value = histogram.component(bin, c);
        sums[c] += weight * value;
        squares[c] += weight * value * value;
      }
    }

    double error(int c) {
      return Components.WEIGHTS[c] * (squares[c] - sums[c] * sums[c] / count);
    }

    /**
     * Returns the error of this set plus that of its complement in {@code all}, up to a constant.
     */
    double errorOfBoth(Sums all) {
      double error = 0;
      for (int c = 0; c < Components.COUNT; c++) {
        double rest = all.sums[c] - sums[c];
        double gain = sums[c] * sums[c] / count + rest * rest / (all.count - count);
        error -= Components.WEIGHTS[c] * gain;
      }
      return error;
    }

    int[] mean() {
      int[] mean = new int[Components.COUNT];
      Arrays.setAll(mean, c -> (int) Math.round(sums[c] / count));
      return mean;
    }
  }
}
