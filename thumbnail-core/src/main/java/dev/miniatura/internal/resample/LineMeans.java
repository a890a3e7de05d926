package dev.miniatura.internal.resample;

/**
 * The horizontal half of the box means: adds runs of {@link Axis#boxSize} column sums, divides, and
 * separates the channels.
 *
 * <p><b>Formats.</b> Column sums are interleaved, each the sum of {@code rows} samples. A mean is
 * rounded to a value with {@value TransferFunction#BITS} fraction bits; channel c's means begin at
 * {@code c * boxes}. Division is multiplication by a reciprocal with {@value #RECIPROCAL_BITS}
 * fraction bits: a product is below 32640 · 2^40, and the reciprocal is exact to 2^−17 of itself
 * even for the largest boxes of premultiplied samples, so that a mean of equal samples is that
 * sample.
 *
 * <p><b>Why this shape.</b> Boxes of one, two and three samples have their own loops: an inner loop
 * of a few iterations would cost more than the additions. For RGB of bytes, one loop adds all three
 * channels and another divides: 2.7 instead of 3.3 µs per 1,507 pixels with boxes of 3 × 3 (JDK
 * 17).
 */
final class LineMeans {

  private static final int RGB = 3; // channels
  private static final int RECIPROCAL_BITS = 40;
  private static final long HALF = 1L << (RECIPROCAL_BITS - 1);

  private final int channels;
  private final int boxes;
  private final int boxSize;
  private final int lastBoxSize;
  private final long white;

  /**
   * Prepares to reduce lines.
   *
   * @param white the contribution of a sample of 255 to a column sum
   */
  LineMeans(Axis axis, int channels, int white) {
    this.channels = channels;
    this.white = white;
    boxes = axis.boxes;
    boxSize = axis.boxSize;
    lastBoxSize = axis.samplesIn(boxes - 1);
  }

  /** Reduces one line of column sums over {@code rows} rows. */
  void reduce(int[] sums, int rows, int[] means) {
    int whole = lastBoxSize == boxSize ? boxes : boxes - 1;
    if (channels == RGB && boxSize == 2 && isExact(2 * rows)) {
      pairsOfRgb(sums, whole, means);
      divide(means, RGB * boxes, ByteMeans.factor(2 * rows));
    } else if (channels == RGB && boxSize == 3 && isExact(3 * rows)) {
      triplesOfRgb(sums, whole, means);
      divide(means, RGB * boxes, ByteMeans.factor(3 * rows));
    } else {
      reduceChannels(sums, rows, whole, means);
    }
    for (int c = 0; c < channels && whole < boxes; c++) {
      int from = whole * boxSize * channels + c;
      long reciprocal = reciprocal(rows * lastBoxSize);
      runs(sums, from, lastBoxSize, 1, reciprocal, means, c * boxes + whole);
    }
  }

  private boolean isExact(int samples) {
    return white == 255 && samples <= ByteMeans.MAX_SAMPLES;
  }

  private void pairsOfRgb(int[] sums, int count, int[] means) {
    int green = boxes;
    int blue = 2 * boxes;
    for (int x = 0, i = 0; x < count; x++, i += 6) {
      means[x] = sums[i] + sums[i + 3];
      means[green + x] = sums[i + 1] + sums[i + 4];
      means[blue + x] = sums[i + 2] + sums[i + 5];
    }
  }

  private void triplesOfRgb(int[] sums, int count, int[] means) {
    int green = boxes;
    int blue = 2 * boxes;
    for (int x = 0, i = 0; x < count; x++, i += 9) {
      means[x] = sums[i] + sums[i + 3] + sums[i + 6];
      means[green + x] = sums[i + 1] + sums[i + 4] + sums[i + 7];
      means[blue + x] = sums[i + 2] + sums[i + 5] + sums[i + 8];
    }
  }

  /** Turns sums into means, in a loop of its own, which C2 vectorizes. */
  private static void divide(int[] means, int count, int factor) {
    for (int i = 0; i < count; i++) {
      means[i] = ByteMeans.mean(means[i], factor);
    }
  }

  private void reduceChannels(int[] sums, int rows, int whole, int[] means) {
    long reciprocal = reciprocal(rows * boxSize);
    for (int c = 0; c < channels; c++) {
      int to = c * boxes;
      switch (boxSize) {
        case 1 -> ones(sums, c, whole, reciprocal, means, to);
        case 2 -> pairs(sums, c, whole, reciprocal, means, to);
        case 3 -> triples(sums, c, whole, reciprocal, means, to);
        default -> runs(sums, c, boxSize, whole, reciprocal, means, to);
      }
    }
  }

  private long reciprocal(int count) {
    long divisor = count * white;
    return (((long) TransferFunction.ONE << RECIPROCAL_BITS) + divisor / 2) / divisor;
  }

  private void ones(int[] sums, int from, int count, long reciprocal, int[] means, int to) {
    int step = channels;
    for (int x = 0, i = from; x < count; x++, i += step) {
      means[to + x] = (int) ((sums[i] * reciprocal + HALF) >>> RECIPROCAL_BITS);
    }
  }

  private void pairs(int[] sums, int from, int count, long reciprocal, int[] means, int to) {
    int step = channels;
    for (int x = 0, i = from; x < count; x++, i += 2 * step) {
      long sum = (long) sums[i] + sums[i + step];
      means[to + x] = (int) ((sum * reciprocal + HALF) >>> RECIPROCAL_BITS);
    }
  }

  private void triples(int[] sums, int from, int count, long reciprocal, int[] means, int to) {
    int step = channels;
    for (int x = 0, i = from; x < count; x++, i += 3 * step) {
      long sum = (long) sums[i] + sums[i + step] + sums[i + 2 * step];
      means[to + x] = (int) ((sum * reciprocal + HALF) >>> RECIPROCAL_BITS);
    }
  }

  private void runs(
      int[] sums, int from, int size, int count, long reciprocal, int[] means, int to) {
    int step = channels;
    int i = from;
    for (int x = 0; x < count; x++) {
      long sum = 0;
      for (int n = 0; n < size; n++, i += step) {
        sum += sums[i];
      }
      means[to + x] = (int) ((sum * reciprocal + HALF) >>> RECIPROCAL_BITS);
    }
  }
}
