package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import java.util.Arrays;

/** Residual of one transform block: scaling, transform and their by-passes (H.265, 8.6). */
final class Residual {

  private static final int HORIZONTAL_MODE = 10;
  private static final int VERTICAL_MODE = 26;

  /** The residual, row by row, after {@link #read}. */
  final int[] samples = new int[32 * 32];

  private final Picture picture;
  private final SequenceParameters sps;
  private final CodingUnit unit;
  private final CoefficientReader coefficients;
  private final InverseTransform transform = new InverseTransform();

  Residual(Picture picture, CabacReader cabac, CodingUnit unit) {
    this.picture = picture;
    this.unit = unit;
    sps = picture.sps;
    coefficients = new CoefficientReader(picture, cabac, unit, samples);
  }

  void clear(int log2) {
    Arrays.fill(samples, 0, 1 << (2 * log2), 0);
  }

  /**
   * Reads a block's coefficients and derives its residual, to {@link #samples}.
   *
   * @param log2 log2 of the block's side
   * @param c component
   * @param mode prediction mode of the block
   */
  void read(int log2, int c, int mode) throws MalformedImageException {
    clear(log2);
    coefficients.read(log2, c, mode);
    if (unit.bypass || coefficients.transformSkip) {
      withoutTransform(log2, c, mode);
    } else {
      boolean dst = c == 0 && log2 == 2;
      int depth = sps.bitDepth(c);
      transform.inverse(samples, log2, dst, depth, coefficients.width, coefficients.height);
    }
  }

  /**
   * Reads a block's coefficients, and adds its residual to the prediction.
   *
   * @param x column of the block in its component's samples
   */
  void readAndAdd(int c, int x, int y, int log2, int mode) throws MalformedImageException {
    clear(log2);
    coefficients.read(log2, c, mode);
    if (unit.bypass || coefficients.transformSkip) {
      withoutTransform(log2, c, mode);
      add(c, x, y, log2);
    } else {
      transform.add(
          samples,
          log2,
          c == 0 && log2 == 2,
          sps.bitDepth(c),
          coefficients.width,
          coefficients.height,
          picture.planes[c],
          picture.index(c, x, y),
          picture.strides[c]);
    }
  }

  private void withoutTransform(int log2, int c, int mode) {
    if (sps.transformSkipRotation && log2 == 2) {
      rotate();
    }
    if (!unit.bypass) {
      transform.skip(samples, log2, sps.bitDepth(c));
    }
    if (sps.implicitRdpcm && (mode == HORIZONTAL_MODE || mode == VERTICAL_MODE)) {
      accumulate(log2, mode == VERTICAL_MODE);
    }
  }

  /** Rotates a block of 4 × 4 by 180 degrees (8.6.2). */
  private void rotate() {
    for (int i = 0; i < 8; i++) {
      int other = samples[15 - i];
      samples[15 - i] = samples[i];
      samples[i] = other;
    }
  }

  /** Directional residual modification (8.6.5, 8.6.6). */
  private void accumulate(int log2, boolean vertical) {
    int size = 1 << log2;
    int step = vertical ? size : 1;
    for (int i = 0; i < 1 << (2 * log2); i++) {
      if (vertical ? i >= size : (i & (size - 1)) != 0) {
        samples[i] += samples[i - step];
      }
    }
  }

  /** Adds the residual to the prediction (8.6.7). */
  void add(int c, int x, int y, int log2) {
    int size = 1 << log2;
    int max = (1 << sps.bitDepth(c)) - 1;
    short[] plane = picture.planes[c];
    for (int row = 0; row < size; row++) {
      int index = picture.index(c, x, y + row);
      for (int column = 0; column < size; column++) {
        int value = (plane[index + column] & 0xffff) + samples[(row << log2) + column];
        plane[index + column] = (short) Math.max(0, Math.min(max, value));
      }
    }
  }
}
