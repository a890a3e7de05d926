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
 * of a few iterations would cost more than the additions.
 */
final class LineMeans {

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
    long reciprocal = reciprocal(rows * boxSize);
    for (int c = 0; c < channels; c++) {
      int to = c * boxes;
      switch (boxSize) {
        case 1 -> ones(sums, c, whole, reciprocal, means, to);
        case 2 -> pairs(sums, c, whole, reciprocal, means, to);
        case 3 -> triples(sums, c, whole, reciprocal, means, to);
        default -> runs(sums, c, boxSize, whole, reciprocal, means, to);
      }
      if (whole < boxes) {
        int from = whole * boxSize * channels + c;
        runs(sums, from, lastBoxSize, 1, reciprocal(rows * lastBoxSize), means, to + whole);
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
