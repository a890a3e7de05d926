package dev.miniatura.internal.codec;

/**
 * The meaning of samples, as code points of ITU-T H.273, where 2 means unspecified.
 *
 * @param primaries {@code ColourPrimaries}
 * @param transfer {@code TransferCharacteristics}
 * @param matrix {@code MatrixCoefficients}
 * @param fullRange {@code VideoFullRangeFlag}: whether samples use all their values
 */
public record ColorDescription(int primaries, int transfer, int matrix, boolean fullRange) {

  /** Limited range, the rest unspecified: the default if nothing is specified. */
  public static final ColorDescription UNSPECIFIED = new ColorDescription(2, 2, 2, false);
}
