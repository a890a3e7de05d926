package dev.miniatura.internal.codec;

/**
 * What samples stand for, by the code points of ITU-T H.273, of which 2 means unspecified.
 *
 * @param primaries {@code ColourPrimaries}
 * @param transfer {@code TransferCharacteristics}
 * @param matrix {@code MatrixCoefficients}
 * @param fullRange {@code VideoFullRangeFlag}: whether samples use all their values
 */
public record ColorDescription(int primaries, int transfer, int matrix, boolean fullRange) {

  /** Limited range, the rest unspecified: what holds where nothing is said. */
  public static final ColorDescription UNSPECIFIED = new ColorDescription(2, 2, 2, false);
}
