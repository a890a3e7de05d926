package dev.miniatura.internal.resample;

import dev.miniatura.Kernel;

/**
 * One direction of one plane: which samples are read, how they are grouped into boxes, and which
 * interval of the plane each output sample represents. Positions are continuous: sample {@code s}
 * covers [s, s + 1), so that its center is at s + 0.5.
 *
 * <p>At large ratios, runs of {@code boxSize} samples are first replaced by their mean, which costs
 * one addition per sample; the kernel then runs over the means at a residual ratio of at least
 * {@value #RESIDUAL_RATIO}. The mean acts as a slight blur, whose effect on the frequencies that
 * the kernel keeps is undone in the weights; see {@link TapTable}.
 */
final class Axis {

  /** The minimum ratio left to the kernel after the box means. */
  static final double RESIDUAL_RATIO = 2.5;

  /**
   * The maximum number of samples per box: the sum of 256 bytes fits in a 16-bit lane, that of 256
   * × 256 in an int.
   */
  static final int MAX_PER_BOX = 256;

  final Kernel kernel;
  final boolean blockMean;

  /** Position in the plane where the first output sample's interval begins. */
  final double start;

  /** Plane samples per output sample. */
  final double ratio;

  final int outputs;

  /** Samples per box; 1 if the kernel reads the samples themselves. */
  final int boxSize;

  /** Index of the first sample that is read. */
  final int first;

  /** Index after the last sample that is read. */
  final int end;

  /** Number of boxes; the last one may be partial. */
  final int boxes;

  private final double extent;

  /**
   * Describes one direction.
   *
   * @param channels channels of the plane; with one channel, boxes have a power of two samples, for
   *     which {@link QuarteredSums} saves more time than larger boxes would
   * @param samples number of samples of the plane
   * @param extent exact number of samples that the image spans, at most {@code samples}
   * @param blockMean whether samples are means over the area they cover
   * @param start position in the plane where the first output sample's interval begins
   * @param ratio plane samples per output sample
   * @param outputs number of output samples
   */
  Axis(
      Kernel kernel,
      int channels,
      int samples,
      double extent,
      boolean blockMean,
      double start,
      double ratio,
      int outputs) {
    this.kernel = kernel;
    this.blockMean = blockMean;
    this.start = start;
    this.ratio = ratio;
    this.outputs = outputs;
    this.extent = Math.min(extent, samples);
    int largest = (int) Math.max(1, Math.min(MAX_PER_BOX, Math.floor(ratio / RESIDUAL_RATIO)));
    boxSize = channels == 1 ? Integer.highestOneBit(largest) : largest;
    int available = (int) Math.ceil(this.extent);
    double low = center(0) - reach();
    double high = center(outputs - 1) + reach();
    first = (int) Math.max(0, Math.min(available - 1, Math.floor(low)));
    double wanted = Math.max(first + 1, Math.min(available, Math.ceil(high)));
    boxes = (int) Math.ceil((wanted - first) / boxSize);
    end = (int) Math.min(available, first + (long) boxes * boxSize);
  }

  /** Returns the position of an output sample's center. */
  double center(int output) {
    return start + (output + 0.5) * ratio;
  }

  /** Returns the kernel's unit in plane samples: the ratio, but no less than the spacing of 1. */
  double scale() {
    return kernel == Kernel.BOX ? ratio : Math.max(1, ratio);
  }

  /** Returns the distance from an output sample's center to the last position that contributes. */
  double reach() {
    double margin = kernel == Kernel.BOX ? 0.5 * boxSize : compensation() > 0 ? boxSize : 0;
    return KernelFunction.support(kernel) * scale() + margin;
  }

  /**
   * Returns c of the filter [−c, 1 + 2c, −c] over boxes that undoes the mean's loss of detail. A
   * box with variance v (in box widths squared) passes frequency f as 1 − v (2πf)² / 2, the filter
   * as 1 + c (2πf)²; so c = v / 2, where v = (1 − 1/n²) / 12 for the mean of n samples and 1/12 for
   * a mean over an area.
   */
  double compensation() {
    if (kernel == Kernel.BOX) {
      return 0;
    }
    return blockMean ? 1.0 / 24 : (1 - 1.0 / ((double) boxSize * boxSize)) / 24;
  }

  /** Returns the start of a box. */
  double boxStart(int box) {
    return first + (double) box * boxSize;
  }

  /** Returns the end of a box: that of its last sample, or of the image if that is earlier. */
  double boxEnd(int box) {
    return Math.min(boxStart(box) + boxSize, Math.min(end, extent));
  }

  /** Returns the number of samples in a box. */
  int samplesIn(int box) {
    return Math.min(boxSize, end - first - box * boxSize);
  }

  /**
   * Returns the maximum number of taps of an output sample: one for every box whose center is
   * within reach. A partial box at the end has its center earlier than a full one and may be an
   * additional one.
   */
  int mostTaps() {
    int partial = boxEnd(boxes - 1) < boxStart(boxes - 1) + boxSize ? 1 : 0;
    return (int) Math.min(boxes, Math.ceil(2 * reach() / boxSize) + partial);
  }
}
