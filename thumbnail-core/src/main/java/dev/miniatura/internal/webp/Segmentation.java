package dev.miniatura.internal.webp;

/**
 * Divides macroblocks into segments by how much error their texture hides: k-means over a histogram
 * of activities. An activity is the binary logarithm of a variance, 0 where it is too low to hide
 * anything.
 */
final class Segmentation {

  /**
   * The variance below which differences are invisible: the constant C2 of SSIM, (0.03 · 255)²
   * (Wang et al. 2004), whose measure of structure is used here.
   */
  private static final double MIN_VARIANCE = 58.5;

  private static final int BINS = 256;
  private static final double BINS_PER_OCTAVE = 24;
  private static final int ITERATIONS = 8;

  /** The minimum number of macroblocks for more than one segment. */
  private static final int MIN_MACROBLOCKS = 8;

  /** By segment: the difference of its activity from the mean of the frame. */
  final double[] octaves = new double[SegmentHeader.SEGMENTS];

  private final byte[] segments;

  private Segmentation(int macroblocks) {
    segments = new byte[macroblocks];
  }

  /** Returns one segment for all. */
  static Segmentation none(int macroblocks) {
    return new Segmentation(macroblocks);
  }

  /** Divides a frame. */
  static Segmentation of(CodedPlane luma, int columns, int rows) {
    Segmentation segmentation = new Segmentation(Math.multiplyExact(columns, rows));
    if (segmentation.segments.length >= MIN_MACROBLOCKS) {
      segmentation.divide(luma, columns);
    }
    return segmentation;
  }

  int segment(int macroblock) {
    return segments[macroblock];
  }

  /** Returns the probabilities of the tree that codes segments (RFC 6386, section 10). */
  int[] probabilities() {
    int[] counts = new int[SegmentHeader.SEGMENTS];
    for (byte segment : segments) {
      counts[segment]++;
    }
    int low = counts[0] + counts[1];
    int high = counts[2] + counts[3];
    return new int[] {
      TokenProbabilities.fitting(low, high),
      TokenProbabilities.fitting(counts[0], counts[1]),
      TokenProbabilities.fitting(counts[2], counts[3])
    };
  }

  private void divide(CodedPlane luma, int columns) {
    int[] histogram = new int[BINS];
    long sum = 0;
    for (int at = 0; at < segments.length; at++) {
      int bin = activity(luma, at / columns, at % columns);
      segments[at] = (byte) bin;
      histogram[bin]++;
      sum += bin;
    }
    double[] centers = centers(histogram);
    for (int at = 0; at < segments.length; at++) {
      segments[at] = (byte) nearest(centers, segments[at] & 0xff);
    }
    for (int i = 0; i < octaves.length; i++) {
      octaves[i] = (centers[i] - (double) sum / segments.length) / BINS_PER_OCTAVE;
    }
  }

  /** Measures a macroblock: the harmonic mean of the variances of its 8 × 8 quarters. */
  private static int activity(CodedPlane luma, int row, int column) {
    double weight = 0;
    for (int quarter = 0; quarter < 4; quarter++) {
      int at =
          luma.sourceAt(row, column) + (quarter >> 1) * 8 * luma.sourceStride + (quarter & 1) * 8;
      int sum = 0;
      int squares = 0;
      for (int y = 0; y < 8; y++, at += luma.sourceStride) {
        for (int x = at; x < at + 8; x++) {
          int sample = luma.source[x] & 0xff;
          sum += sample;
          squares += sample * sample;
        }
      }
      double variance = (squares - sum * sum / 64.0) / 64;
      weight += 1 / (2 * variance + MIN_VARIANCE);
    }
    double octaves = StrictMath.log(4 / weight / MIN_VARIANCE) / StrictMath.log(2);
    return (int) Math.max(0, Math.min(Math.round(octaves * BINS_PER_OCTAVE), BINS - 1));
  }

  private static double[] centers(int[] histogram) {
    int min = 0;
    while (histogram[min] == 0) {
      min++;
    }
    int max = BINS - 1;
    while (histogram[max] == 0) {
      max--;
    }
    double[] centers = new double[SegmentHeader.SEGMENTS];
    for (int i = 0; i < centers.length; i++) {
      centers[i] = min + (max - min) * (2 * i + 1) / (2.0 * centers.length);
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] sums = new double[centers.length];
      int[] counts = new int[centers.length];
      for (int bin = min; bin <= max; bin++) {
        int nearest = nearest(centers, bin);
        sums[nearest] += (double) bin * histogram[bin];
        counts[nearest] += histogram[bin];
      }
      for (int i = 0; i < centers.length; i++) {
        centers[i] = counts[i] == 0 ? centers[i] : sums[i] / counts[i];
      }
    }
    return centers;
  }

  private static int nearest(double[] centers, int bin) {
    int nearest = 0;
    for (int i = 1; i < centers.length; i++) {
      if (Math.abs(bin - centers[i]) < Math.abs(bin - centers[nearest])) {
        nearest = i;
      }
    }
    return nearest;
  }
}
