package dev.miniatura.internal.av1;

import dev.miniatura.MalformedImageException;
import org.jspecify.annotations.Nullable;

/** film_grain_params( ) (clauses 5.9.30 and 6.8.20) of a frame with grain. */
final class GrainParameters {

  int seed;
  int[][] pointValue = new int[3][0]; // by plane
  int[][] pointScaling = new int[3][0];
  boolean chromaFromLuma;
  int scalingShift;
  int lag;
  final int[][] coefficients = new int[3][]; // of the auto-regressive filter
  int coefficientShift;
  int scaleShift;
  final int[] multiplier = new int[3]; // of the chroma sample, [ 0 ] unused
  final int[] lumaMultiplier = new int[3];
  final int[] offset = new int[3];
  boolean overlap;
  boolean restrictedRange;

  private GrainParameters() {}

  /** Returns the parameters, or null if no grain is applied. */
  static @Nullable GrainParameters parse(BitReader in, SequenceHeader sequence)
      throws MalformedImageException {
    if (!in.flag()) {
      return null;
    }
    GrainParameters grain = new GrainParameters();
    grain.read(in, sequence);
    return grain;
  }

  /** Returns whether grain is added to a plane. */
  boolean applies(int plane) {
    return pointValue[plane].length > 0 || (plane > 0 && chromaFromLuma);
  }

  private void read(BitReader in, SequenceHeader sequence) throws MalformedImageException {
    seed = in.bits(16);
    readPoints(in, 0, 14);
    boolean luma = pointValue[0].length > 0;
    chromaFromLuma = !sequence.monochrome && in.flag();
    boolean halved = sequence.subsamplingX == 1 && sequence.subsamplingY == 1;
    if (!sequence.monochrome && !chromaFromLuma && (luma || !halved)) {
      readPoints(in, 1, 10);
      readPoints(in, 2, 10);
      if (halved && (pointValue[1].length == 0) != (pointValue[2].length == 0)) {
        throw in.malformed("film grain on one of two chroma planes");
      }
    }
    scalingShift = in.bits(2) + 8;
    lag = in.bits(2);
    int positions = 2 * lag * (lag + 1);
    for (int plane = 0; plane < 3; plane++) {
      // A plane without its own parameters has zeros, which are never used.
      coefficients[plane] = new int[positions + 1];
      if (applies(plane)) {
        int count = plane > 0 && luma ? positions + 1 : positions;
        for (int i = 0; i < count; i++) {
          coefficients[plane][i] = in.bits(8) - 128;
        }
      }
    }
    coefficientShift = in.bits(2) + 6;
    scaleShift = in.bits(2);
    for (int plane = 1; plane < 3; plane++) {
      if (pointValue[plane].length > 0) {
        multiplier[plane] = in.bits(8) - 128;
        lumaMultiplier[plane] = in.bits(8) - 128;
        offset[plane] = in.bits(9) - 256;
      }
    }
    overlap = in.flag();
    restrictedRange = in.flag();
  }

  private void readPoints(BitReader in, int plane, int most) throws MalformedImageException {
    int count = in.bits(4);
    if (count > most) {
      throw in.malformed(count + " points of film grain");
    }
    pointValue[plane] = new int[count];
    pointScaling[plane] = new int[count];
    for (int i = 0; i < count; i++) {
      pointValue[plane][i] = in.bits(8);
      pointScaling[plane][i] = in.bits(8);
      if (i > 0 && pointValue[plane][i] <= pointValue[plane][i - 1]) {
        throw in.malformed("points of film grain do not increase");
      }
    }
  }
}
