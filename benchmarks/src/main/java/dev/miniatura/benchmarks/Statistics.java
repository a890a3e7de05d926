package dev.miniatura.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/** Statistics of a set of measurements. */
final class Statistics {

  private Statistics() {}

  static double best(double[] values) {
    return Arrays.stream(values).min().orElse(Double.NaN);
  }

  /** Returns the middle value, the mean of the two middle ones if their number is even. */
  static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static double geometricMean(Collection<Double> values) {
    return Math.exp(values.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
  }

  static double mean(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
