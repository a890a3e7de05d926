package dev.miniatura.internal.resample;

import dev.miniatura.internal.bytes.ByteViews;
import java.util.Arrays;

/**
 * Means over boxes of 1, 2 or 4 columns of one channel, at most {@value ByteMeans#MAX_SAMPLES}
 * samples. The order within a row does not matter to the vertical pass, and this one can be
 * vectorized by C2: values of boxes of one column come in four runs, {@link RowSums#parts}, those
 * of two columns in two runs.
 *
 * <p><b>Layout.</b> Four samples are read as one int. Samples 0 and 2 of group g are added to the
 * two 16-bit lanes of {@code even[g]}, samples 1 and 3 to those of {@code odd[g]}, lower lane
 * first.
 *
 * <p><b>Formats.</b> Means as in {@link ByteMeans}.
 */
final class QuarteredSums implements RowSums {

  /** The maximum number of values of a row in addition to its boxes. */
  static final int EXTRA = 3;

  private static final int LANES = 0x00ff00ff;
  private static final int LANE = 0xffff;

  private final int count;
  private final int boxSize;
  private final int lastBox;
  private final int samplesInLastBox;
  private final int[] even;
  private final int[] odd;

  /** Prepares to add the samples of an axis. */
  QuarteredSums(Axis horizontal) {
    count = horizontal.end - horizontal.first;
    boxSize = horizontal.boxSize;
    lastBox = horizontal.boxes - 1;
    samplesInLastBox = horizontal.samplesIn(lastBox);
    even = new int[(count + 3) / 4];
    odd = new int[even.length];
  }

  /** Returns whether this class supports the axes and channels. */
  static boolean suit(Axis horizontal, Axis vertical, int channels) {
    int columns = horizontal.boxSize;
    return channels == 1
        && (columns == 1 || columns == 2 || columns == 4)
        && columns * vertical.boxSize <= ByteMeans.MAX_SAMPLES;
  }

  @Override
  public int parts() {
    return 4 / boxSize;
  }

  @Override
  public void add(byte[] samples, int offset) {
    int whole = count >> 2;
    addGroups(samples, offset, whole);
    for (int i = whole << 2; i < count; i++) {
      int[] lanes = (i & 1) == 0 ? even : odd;
      lanes[whole] += (samples[offset + i] & 0xff) << ((i & 2) << 3);
    }
  }

  private void addGroups(byte[] samples, int offset, int groups) {
    int[] evenSums = even;
    int[] oddSums = odd;
    for (int g = 0; g < groups; g++) {
      int four = ByteViews.intLe(samples, offset + (g << 2));
      evenSums[g] += four & LANES;
      oddSums[g] += (four >>> 8) & LANES;
    }
  }

  @Override
  public void means(int rows, int[] values) {
    int factor = ByteMeans.factor(rows * boxSize);
    int run = values.length / parts();
    switch (boxSize) {
      case 1 -> {
        divide(even, 0, factor, values, 0);
        divide(odd, 0, factor, values, run);
        divide(even, 16, factor, values, 2 * run);
        divide(odd, 16, factor, values, 3 * run);
      }
      case 2 -> {
        addOddToEven();
        divide(even, 0, factor, values, 0);
        divide(even, 16, factor, values, run);
      }
      default -> {
        addOddToEven();
        for (int g = 0; g < even.length; g++) {
          even[g] = (even[g] & LANE) + (even[g] >>> 16);
        }
        divide(even, 0, factor, values, 0);
      }
    }
    if (samplesInLastBox < boxSize) {
      int sum = even[even.length - 1] >>> (boxSize == 2 ? (lastBox & 1) << 4 : 0) & LANE;
      int at = boxSize == 2 ? (lastBox & 1) * run + (lastBox >> 1) : lastBox;
      values[at] = ByteMeans.mean(sum, ByteMeans.factor(rows * samplesInLastBox));
    }
    Arrays.fill(even, 0);
    Arrays.fill(odd, 0);
  }

  private void addOddToEven() {
    int[] sums = even;
    int[] more = odd;
    for (int g = 0; g < sums.length; g++) {
      sums[g] += more[g];
    }
  }

  private static void divide(int[] sums, int shift, int factor, int[] values, int to) {
    for (int g = 0; g < sums.length; g++) {
      values[to + g] = ByteMeans.mean((sums[g] >>> shift) & LANE, factor);
    }
  }

  @Override
  public void convert(byte[] samples, int offset, int[] values) {
    int run = values.length / 4;
    int whole = count >> 2;
    for (int part = 0; part < 4; part++) {
      convertRun(samples, offset, whole, 8 * part, values, part * run);
    }
    for (int x = whole << 2; x < count; x++) {
      values[(x & 3) * run + whole] = (samples[offset + x] & 0xff) << TransferFunction.BITS;
    }
  }

  private static void convertRun(
      byte[] samples, int offset, int groups, int shift, int[] values, int to) {
    for (int g = 0; g < groups; g++) {
      int four = ByteViews.intLe(samples, offset + (g << 2));
      values[to + g] = ((four >>> shift) & 0xff) << TransferFunction.BITS;
    }
  }
}
