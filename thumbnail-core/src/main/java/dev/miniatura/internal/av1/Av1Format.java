package dev.miniatura.internal.av1;

/**
 * What the sequence header says of all samples.
 *
 * @param bitDepth 8, 10 or 12
 * @param monochrome whether there is luma only
 * @param subsamplingX 1 if chroma has half the columns
 * @param subsamplingY 1 if chroma has half the rows
 * @param fullRange whether samples use all values
 * @param primaries of H.273, 2 if unspecified
 * @param transfer of H.273, 2 if unspecified
 * @param matrix of H.273, 2 if unspecified
 * @param chromaPosition {@code chroma_sample_position}: 0 unknown, 1 vertical (left), 2 colocated
 */
public record Av1Format(
    int bitDepth,
    boolean monochrome,
    int subsamplingX,
    int subsamplingY,
    boolean fullRange,
    int primaries,
    int transfer,
    int matrix,
    int chromaPosition) {

  static Av1Format of(SequenceHeader sequence) {
    return new Av1Format(
        sequence.bitDepth,
        sequence.monochrome,
        sequence.subsamplingX,
        sequence.subsamplingY,
        sequence.fullRange,
        sequence.primaries,
        sequence.transfer,
        sequence.matrix,
        sequence.chromaPosition);
  }
}
