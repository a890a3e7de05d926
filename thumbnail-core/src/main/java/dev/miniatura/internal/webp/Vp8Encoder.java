package dev.miniatura.internal.webp;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Encodes a VP8 key frame (RFC 6386). */
final class Vp8Encoder {

  private static final int LUMA = 16; // samples per side of a macroblock
  private static final int CHROMA = 8;
  private static final int START_CODE = 0x2a019d; // little-endian

  /** The largest size of the first partition that a frame's tag can express (section 9.1). */
  private static final int MAX_FIRST_PARTITION = (1 << 19) - 1;

  /** The exponent with which quantizers follow the activity, as an amplitude. */
  private static final double MASKING = 0.5;

  /**
   * Added to the index of a segment, see {@link Quantizers#of}: slightly less quantization for
   * chroma, which otherwise falls behind luma, because luma is better here than in other encoders.
   */
  private static final int[] DELTAS = {0, 0, 0, -4, -1};

  /** How often per frame probabilities are estimated anew, and the minimum interval. */
  private static final int REFRESHES = 8;

  private static final int MIN_REFRESH = 64;

  private final int width;
  private final int height;
  private final int columns;
  private final int rows;
  private final CodedPlane[] planes;
  private final Segmentation segmentation;
  private final SegmentQuantizers[] quantizers = new SegmentQuantizers[SegmentHeader.SEGMENTS];
  private final MacroblockModes modes;
  private final TokenBuffer tokens = new TokenBuffer();

  Vp8Encoder(LimitedRangePlanes picture, int quality, boolean segmented) {
    width = picture.width();
    height = picture.height();
    columns = (width + LUMA - 1) / LUMA;
    rows = (height + LUMA - 1) / LUMA;
    int halfWidth = (width + 1) / 2;
    int halfHeight = (height + 1) / 2;
    planes =
        new CodedPlane[] {
          new CodedPlane(picture.luma(), width, height, columns, rows, LUMA),
          new CodedPlane(picture.cb(), halfWidth, halfHeight, columns, rows, CHROMA),
          new CodedPlane(picture.cr(), halfWidth, halfHeight, columns, rows, CHROMA)
        };
    modes = new MacroblockModes(columns, rows);
    segmentation =
        segmented
            ? Segmentation.of(planes[0], columns, rows)
            : Segmentation.none(Math.multiplyExact(columns, rows));
    int base = QualityCurve.index(quality);
    for (int i = 0; i < quantizers.length; i++) {
      double octaves = MASKING * segmentation.octaves[i] / 2;
      quantizers[i] = new SegmentQuantizers(QualityCurve.scaled(base, octaves), DELTAS);
    }
  }

  /**
   * Encodes a picture.
   *
   * @param quality 0 to 100
   */
  static byte[] encode(LimitedRangePlanes picture, int quality, Effort effort) {
    return encode(picture, quality, effort, MAX_FIRST_PARTITION);
  }

  /**
   * The same with a bound on the bytes of the first partition. With subblock modes, it is exceeded
   * at some 20 megapixels; without segments and with means only, never.
   */
  static byte[] encode(LimitedRangePlanes picture, int quality, Effort effort, int mostFirst) {
    for (Effort tried : new Effort[] {effort, effort.withoutSubblocks(), Effort.MEANS}) {
      Vp8Encoder encoder = new Vp8Encoder(picture, quality, !tried.isMinimal());
      encoder.encode(tried);
      byte[] frame = encoder.write();
      if (Riff.u24(frame, 0) >> 5 <= mostFirst) {
        return frame;
      }
    }
    throw new IllegalStateException("the first partition of " + picture.width() + " pixels a row");
  }

  /** Chooses all modes and coefficients. */
  void encode(Effort effort) {
    TokenCosts costs = new TokenCosts(TokenProbabilities.DEFAULTS);
    MacroblockEncoder encoder = new MacroblockEncoder(planes, tokens, costs, modes, effort);
    int refresh = Math.max(MIN_REFRESH, columns * rows / REFRESHES);
    for (int pass = 0; pass < effort.passes(); pass++) {
      if (pass > 0) {
        costs.update(tokens.probabilities());
        tokens.clear();
      }
      encoder.beginFrame();
      for (int row = 0, at = 0; row < rows; row++) {
        encoder.beginRow();
        for (int column = 0; column < columns; column++, at++) {
          if (pass == 0 && at > 0 && at % refresh == 0) {
            costs.update(tokens.probabilities());
          }
          encoder.encode(row, column, quantizers[segmentation.segment(at)]);
        }
        for (CodedPlane plane : planes) {
          plane.endRow(row);
        }
      }
    }
  }

  /** Returns the planes, with the decoder's samples before its loop filter. */
  CodedPlane[] planes() {
    return planes;
  }

  /**
   * Returns the bitstream, which is invalid if the first partition is larger than can be expressed.
   */
  byte[] write() {
    int[] probabilities = tokens.probabilities();
    return frame(firstPartition(probabilities), secondPartition(probabilities));
  }

  /** Writes the frame header (section 9.2) and the modes. */
  private byte[] firstPartition(int[] probabilities) {
    BoolEncoder out = new BoolEncoder(columns * rows * 8);
    boolean segmented = Arrays.stream(quantizers).mapToInt(q -> q.index).distinct().count() > 1;
    out.literal(2, 0).flag(segmented); // color space; samples must be clamped
    int[] segmentProbabilities = segmentation.probabilities();
    if (segmented) {
      writeSegments(out, segmentProbabilities);
    }
    int level = Arrays.stream(quantizers).mapToInt(q -> q.filterLevel).max().orElse(0);
    out.flag(false).literal(6, level).literal(3, 0).flag(false); // the normal filter, no deltas
    out.literal(2, 0); // one partition of tokens
    out.literal(7, quantizers[0].index);
    Arrays.stream(DELTAS).forEach(delta -> out.optionalSigned(4, delta));
    out.flag(false); // probabilities do not persist after the frame
    TokenProbabilities.write(out, probabilities);
    int skipProbability = modes.skipProbability();
    out.flag(skipProbability > 0);
    if (skipProbability > 0) {
      out.literal(8, skipProbability);
    }
    modes.write(out, segmented ? segmentation : null, segmentProbabilities, skipProbability);
    return out.finish();
  }

  private void writeSegments(BoolEncoder out, int[] probabilities) {
    out.flag(true).flag(true).flag(true); // a map, and values that replace those of the frame
    for (SegmentQuantizers q : quantizers) {
      out.optionalSigned(7, q.index);
    }
    for (SegmentQuantizers q : quantizers) {
      out.optionalSigned(6, q.filterLevel);
    }
    for (int probability : probabilities) {
      out.flag(probability != 255);
      if (probability != 255) {
        out.literal(8, probability);
      }
    }
  }

  private byte[] secondPartition(int[] probabilities) {
    BoolEncoder out = new BoolEncoder(columns * rows * 32);
    tokens.write(out, probabilities);
    return out.finish();
  }

  private byte[] frame(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(10 + first.length + second.length);
    RiffWriter.number(out, 3, first.length << 5 | 1 << 4); // key frame, version 0, shown
    RiffWriter.number(out, 3, START_CODE);
    RiffWriter.number(out, 2, width);
    RiffWriter.number(out, 2, height);
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
