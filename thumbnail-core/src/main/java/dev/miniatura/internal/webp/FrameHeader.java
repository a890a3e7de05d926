package dev.miniatura.internal.webp;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.webp.FilterHeader.Strength;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The header of a key frame (RFC 6386, section 9) and values derived from it.
 *
 * @param quantizers by segment
 * @param strengths of the loop filter, two per segment: for macroblocks predicted by subblocks,
 *     then as a whole
 * @param probabilities of tokens, see {@link TokenProbabilities#read}
 * @param skipProbability probability that a macroblock has coefficients, if each has a flag for
 *     that; otherwise 0
 * @param modes the rest of the first partition
 * @param tokens the other partitions, which alternate by rows of macroblocks
 * @param end end of the data
 */
record FrameHeader(
    FrameSize size,
    SegmentHeader segments,
    FilterHeader filter,
    List<Quantizers> quantizers,
    List<Strength> strengths,
    @SuppressWarnings("ArrayRecordComponent") int[] probabilities,
    int skipProbability,
    BoolDecoder modes,
    List<BoolDecoder> tokens,
    int end) {

  private static final int QUANTIZER_DELTAS = 5;

  /**
   * Reads the header.
   *
   * @param start start of the bitstream in {@code bytes}
   * @param end its end, or that of {@code bytes} if that is earlier
   */
  static FrameHeader read(byte[] bytes, int start, int end) throws MalformedImageException {
    FrameSize size =
        FrameSize.read(
            Arrays.copyOfRange(bytes, start, Math.min(start + FrameSize.BYTES, end)), start);
    int first = start + FrameSize.BYTES;
    int rest = (int) Math.min((long) first + size.firstPartition(), end);
    BoolDecoder in = new BoolDecoder(bytes, first, rest);
    in.literal(2); // color space and clamping, which make no difference here
    SegmentHeader segments = SegmentHeader.read(in);
    FilterHeader filter = FilterHeader.read(in);
    List<BoolDecoder> tokens = partitions(bytes, rest, end, 1 << in.literal(2));
    List<Quantizers> quantizers = quantizers(in, segments);
    in.flag(); // whether probabilities persist after the frame, which is the only one
    int[] probabilities = TokenProbabilities.read(in);
    int skipProbability = in.flag() ? in.literal(8) : 0;
    if (in.hasEnded()) {
      throw malformed(rest, "ends in the frame header");
    }
    return new FrameHeader(
        size,
        segments,
        filter,
        quantizers,
        strengths(segments, filter),
        probabilities,
        skipProbability,
        in,
        tokens,
        end);
  }

  /** Finds the partitions of tokens (section 9.5); missing ones are empty. */
  private static List<BoolDecoder> partitions(byte[] bytes, int start, int end, int count) {
    List<BoolDecoder> partitions = new ArrayList<>(count);
    int sizes = start;
    long at = start + 3L * (count - 1);
    for (int i = 0; i < count; i++, sizes += 3) {
      boolean last = i == count - 1;
      long size = last || sizes + 3 > end ? end : Riff.u24(bytes, sizes);
      int from = (int) Math.min(at, end);
      int to = (int) Math.min(at + size, end);
      partitions.add(new BoolDecoder(bytes, from, to));
      at += size;
    }
    return partitions;
  }

  private static List<Quantizers> quantizers(BoolDecoder in, SegmentHeader segments) {
    int index = in.literal(7);
    int[] deltas = new int[QUANTIZER_DELTAS];
    for (int i = 0; i < deltas.length; i++) {
      deltas[i] = in.optionalSigned(4);
    }
    List<Quantizers> quantizers = new ArrayList<>();
    for (int i = 0; i < SegmentHeader.SEGMENTS; i++) {
      quantizers.add(Quantizers.of(segments.quantizer(i, index), deltas));
    }
    return quantizers;
  }

  private static List<Strength> strengths(SegmentHeader segments, FilterHeader filter) {
    List<Strength> strengths = new ArrayList<>();
    for (int i = 0; i < SegmentHeader.SEGMENTS; i++) {
      int level = segments.filterLevel(i, filter.level());
      strengths.add(filter.strength(level, false));
      strengths.add(filter.strength(level, true));
    }
    return strengths;
  }

  private static MalformedImageException malformed(int offset, String reason) {
    return Container.WEBP.malformed(offset, reason);
  }
}
