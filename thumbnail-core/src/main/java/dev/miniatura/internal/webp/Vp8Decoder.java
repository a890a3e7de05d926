package dev.miniatura.internal.webp;

import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.webp.FilterHeader.Strength;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a VP8 key frame (RFC 6386) by rows of macroblocks: modes, coefficients, prediction, and
 * residue of one row, then its loop filter, which completes the previous row. That row is delivered
 * as planes Y, Cb and Cr, chroma halved, in limited range: 16 to 235, chroma to 240.
 *
 * <p>If the data ends early, the remaining macroblocks are gray.
 */
final class Vp8Decoder {

  private static final int LUMA = 16; // samples per side of a macroblock
  private static final int CHROMA = 8;

  private final FrameHeader header;
  private final boolean filtered;
  private final Deadline deadline;
  private final int columns;
  private final PlaneBand[] planes;
  private final IntraModes modes;
  private final InverseTransform transform = new InverseTransform();
  private final ResidualReader residuals;
  private final SubblockPrediction subblocks = new SubblockPrediction();
  private final @Nullable Strength[] strengths; // by macroblock of the row
  private final boolean[] interior; // whether edges between subblocks are filtered

  /**
   * Creates a decoder.
   *
   * @param filtered whether the loop filter runs; nothing else depends on its results
   * @param deadline the deadline for everything
   */
  Vp8Decoder(FrameHeader header, boolean filtered, Deadline deadline) {
    this.header = header;
    this.filtered = filtered;
    this.deadline = deadline;
    columns = header.size().columns();
    planes =
        new PlaneBand[] {
          new PlaneBand(columns, LUMA),
          new PlaneBand(columns, CHROMA),
          new PlaneBand(columns, CHROMA)
        };
    modes = new IntraModes(columns);
    residuals = new ResidualReader(header.probabilities(), columns, transform);
    strengths = new @Nullable Strength[columns];
    interior = new boolean[columns];
  }

  /** Returns the bytes that decoding takes, in addition to the data. */
  static long workingBytes(int columns) {
    long fixed = 64 << 10;
    return fixed
        + PlaneBand.workingBytes(columns, LUMA)
        + 2 * PlaneBand.workingBytes(columns, CHROMA)
        + 64L * columns;
  }

  /** Decodes the frame into rows of the three planes; the sink's {@code begin} is not called. */
  void decode(RowSink sink, Notes notes) throws IOException {
    boolean ended = false;
    for (int row = 0; row < header.size().rows(); row++) {
      deadline.check();
      int decoded = ended ? 0 : reconstruct(row);
      if (decoded < columns) {
        if (!ended && row == 0 && decoded == 0) {
          throw Container.WEBP.malformed(header.end(), "image data ends early");
        }
        ended = true;
        notes.add(Container.WEBP.name(), "image data ends early", "what is missing is gray");
        for (PlaneBand plane : planes) {
          plane.fillGray(decoded);
        }
      }
      for (int column = 0; filtered && column < decoded; column++) {
        filter(column, row);
      }
      if (row > 0) {
        push(row - 1, sink);
      }
      for (PlaneBand plane : planes) {
        plane.shift();
      }
    }
    push(header.size().rows() - 1, sink);
  }

  /** Decodes a row up to the loop filter; returns the number of macroblocks with data. */
  private int reconstruct(int row) {
    BoolDecoder tokens = header.tokens().get(row & (header.tokens().size() - 1));
    modes.beginRow();
    residuals.beginRow();
    for (PlaneBand plane : planes) {
      plane.beginRow();
    }
    int column = 0;
    while (column < columns && readMacroblock(column, tokens)) {
      predictLuma(column, row);
      predictChroma(column, row, planes[1], 16);
      predictChroma(column, row, planes[2], 20);
      residuals.clear();
      column++;
    }
    for (PlaneBand plane : planes) {
      plane.endRow();
    }
    return column;
  }

  /**
   * Reads the coded data of a macroblock (section 19.3); returns false if the data ends within it.
   */
  private boolean readMacroblock(int column, BoolDecoder tokens) {
    BoolDecoder in = header.modes();
    int segment = header.segments().readSegment(in);
    boolean skipped = header.skipProbability() > 0 && in.bit(header.skipProbability()) != 0;
    modes.read(in, column);
    boolean whole = modes.isWhole();
    boolean residue = false;
    if (skipped) {
      residuals.skip(column, whole);
    } else {
      residue = residuals.read(tokens, column, whole, header.quantizers().get(segment));
    }
    strengths[column] = header.strengths().get(2 * segment + (whole ? 1 : 0));
    interior[column] = residue || !whole;
    return !in.hasEnded() && !tokens.hasEnded();
  }

  private void predictLuma(int column, int row) {
    PlaneBand luma = planes[0];
    byte[] samples = luma.samples;
    int stride = luma.stride;
    int at = luma.at(column);
    boolean whole = modes.isWhole();
    if (whole) {
      int mode = modes.subblocks[0];
      IntraPrediction.predict(mode, samples, at, stride, LUMA, row > 0, column > 0);
    }
    for (int i = 0; i < 16; i++) {
      int x = 4 * (i & 3);
      int block = at + (i >> 2) * 4 * stride + x;
      if (!whole) {
        // Nothing is decoded to the right of the last column, so it uses the samples above the
        // macroblock.
        int aboveRight = x == 12 ? at - stride + LUMA : block - stride + 4;
        subblocks.predict(modes.subblocks[i], samples, block, stride, aboveRight);
      }
      addResidue(i, samples, block, stride);
    }
  }

  private void predictChroma(int column, int row, PlaneBand plane, int firstBlock) {
    int at = plane.at(column);
    IntraPrediction.predict(
        modes.chroma(), plane.samples, at, plane.stride, CHROMA, row > 0, column > 0);
    for (int i = 0; i < 4; i++) {
      int block = at + (i >> 1) * 4 * plane.stride + 4 * (i & 1);
      addResidue(firstBlock + i, plane.samples, block, plane.stride);
    }
  }

  /** Adds a block's residue. */
  private void addResidue(int block, byte[] samples, int at, int stride) {
    int extent = residuals.extents[block];
    int from = block * ResidualReader.BLOCK;
    if (extent > 1) {
      transform.dct(residuals.coefficients, from, samples, at, stride);
    } else if (extent == 1) {
      InverseTransform.dcOnly(residuals.coefficients[from], samples, at, stride);
    }
  }

  private void filter(int column, int row) {
    Strength strength = strengths[column];
    if (strength == null || strength.level() == 0) {
      return;
    }
    boolean inside = interior[column];
    if (header.filter().simple()) {
      LoopFilter.simple(planes[0], column, strength, column > 0, row > 0, inside);
    } else {
      LoopFilter.normal(planes, column, strength, column > 0, row > 0, inside);
    }
  }

  /** Delivers the row of macroblocks before the current one, or finally the last one. */
  private void push(int row, RowSink sink) throws IOException {
    int chromaHeight = (header.size().height() + 1) / 2;
    for (int i = 0; i < CHROMA && row * CHROMA + i < chromaHeight; i++) {
      int chroma = row * CHROMA + i;
      for (int y = 2 * chroma; y < Math.min(2 * chroma + 2, header.size().height()); y++) {
        sink.row(0, y, planes[0].samples, planes[0].before(y - row * LUMA));
      }
      for (int plane = 1; plane < planes.length; plane++) {
        sink.row(plane, chroma, planes[plane].samples, planes[plane].before(i));
      }
    }
  }
}
