package dev.miniatura.internal.av1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The state shared by the tiles of a frame: its samples, and the data about blocks that the filters
 * need.
 */
final class FrameState {

  final FrameHeader header;
  final Plane[] planes;
  final Neighbors.Edge above;
  final int segmentStride;
  final byte[] segmentIds; // rows & 63, empty without segmentation

  // For the filters: maps of whole frames, or empty.
  final byte[] lumaTxSize; // LoopfilterTxSizes, by unit of 4 × 4 samples of the plane
  final byte[] chromaTxSize;
  final int txStride;
  final int chromaTxStride;
  final byte[] filterLevels; // four for each unit of 4 × 4 luma samples; empty if all are equal
  final byte[] coded; // by 8 × 8 luma samples: whether a block there is not skipped
  final int codedStride;

  final byte[] cdefIndex; // by 64 × 64 luma samples
  final int cdefStride;
  final RestorationUnits restoration;
  final @Nullable MotionField motion; // with intrabc

  /**
   * Creates the state of a frame.
   *
   * @param planes whole planes or bands
   * @param filtered whether the in-loop filters will run
   */
  FrameState(FrameHeader header, Plane[] planes, boolean filtered) {
    this.header = header;
    this.planes = planes;
    SequenceHeader sequence = header.sequence;
    above = Neighbors.above(header);
    int cols = header.miCols + 32;
    segmentStride = cols;
    segmentIds = new byte[header.segmentation ? cols * 64 : 0];
    boolean deblock = filtered && header.deblocks();
    int rows = header.miRows + 32;
    txStride = cols;
    chromaTxStride = cols >> sequence.subsamplingX;
    lumaTxSize = new byte[deblock ? cols * rows : 0];
    boolean chroma = deblock && !sequence.monochrome;
    chromaTxSize = new byte[chroma ? chromaTxStride * (rows >> sequence.subsamplingY) : 0];
    boolean varied = deblock && (header.segmentation || header.deltaLfPresent);
    filterLevels = new byte[varied ? 4 * header.miCols * header.miRows : 0];
    boolean dering = filtered && header.deringes();
    codedStride = header.miCols >> 1;
    coded = new byte[dering ? codedStride * (header.miRows >> 1) : 0];
    cdefStride = (header.miCols + 15) >> 4;
    cdefIndex = new byte[cdefStride * ((header.miRows + 15) >> 4)];
    Arrays.fill(cdefIndex, (byte) -1);
    restoration = new RestorationUnits(header);
    motion = header.intrabc ? new MotionField(header) : null;
  }

  /** Returns the bytes that everything except the planes takes. */
  static long bytes(FrameHeader header, boolean filtered) {
    long units = (header.miCols + 32L) * (header.miRows + 32L);
    long bytes = Neighbors.bytes(header.miCols, header.screenContentTools);
    bytes += header.segmentation ? (header.miCols + 32L) * 64 : 0;
    if (filtered) {
      bytes += header.deblocks() ? 2 * units : 0;
      bytes += header.segmentation || header.deltaLfPresent ? 4 * units : 0;
      bytes += units >> 2;
    }
    bytes += RestorationUnits.bytes(header) + (units >> 8);
    return bytes + (header.intrabc ? MotionField.bytes(header) : 0);
  }
}
