package dev.miniatura.internal.av1;

import org.jspecify.annotations.Nullable;

/**
 * The frame header of a key frame or an intra-only frame (clauses 5.9 and 6.8), as far as needed
 * for decoding.
 */
final class FrameHeader {

  static final int RESTORE_NONE = 0;
  static final int RESTORE_WIENER = 1;
  static final int RESTORE_SGRPROJ = 2;
  static final int RESTORE_SWITCHABLE = 3;

  static final int SEG_LVL_ALT_Q = 0;
  static final int SEG_LVL_ALT_LF_Y_V = 1;
  static final int SEG_LVL_REF_FRAME = 5;
  static final int SEG_LVL_SKIP = 6;
  static final int SEG_LVL_MAX = 8;
  static final int MAX_SEGMENTS = 8;

  final SequenceHeader sequence;

  boolean showExistingFrame;
  int frameToShow;
  boolean showFrame = true;
  int refreshFrameFlags = 0xff;
  boolean cdfUpdate;
  boolean screenContentTools;
  boolean intrabc;
  int frameWidth; // coded, before super-resolution
  int frameHeight;
  int upscaledWidth;
  int superresDenominator = 8;
  int miCols; // in units of 4 luma samples
  int miRows;
  boolean reducedTxSet;
  boolean txModeSelect;

  // tile_info( )
  int tileCols;
  int tileRows;
  int tileColsLog2;
  int tileRowsLog2;
  int[] miColStarts = {};
  int[] miRowStarts = {};
  int tileSizeBytes;

  // quantization_params( ), delta_q_params( ), delta_lf_params( )
  int baseQIndex;
  final int[] deltaQDc = new int[3];
  final int[] deltaQAc = new int[3];
  boolean quantizerMatrices;
  final int[] matrixLevel = new int[3];
  boolean deltaQPresent;
  int deltaQShift;
  boolean deltaLfPresent;
  int deltaLfShift;
  boolean deltaLfMulti;

  // segmentation_params( )
  boolean segmentation;
  final boolean[][] featureEnabled = new boolean[MAX_SEGMENTS][SEG_LVL_MAX];
  final int[][] featureData = new int[MAX_SEGMENTS][SEG_LVL_MAX];
  boolean segIdPreSkip;
  int lastActiveSegId;
  final boolean[] lossless = new boolean[MAX_SEGMENTS];
  boolean codedLossless;

  // loop_filter_params( )
  final int[] filterLevel = new int[4];
  int sharpness;
  boolean filterDeltaEnabled;
  int intraRefDelta = 1; // loop_filter_ref_deltas[ INTRA_FRAME ]

  // cdef_params( )
  int cdefDamping = 3;
  int cdefBits;
  final int[] cdefYPrimary = new int[8];
  final int[] cdefYSecondary = new int[8];
  final int[] cdefUvPrimary = new int[8];
  final int[] cdefUvSecondary = new int[8];
  boolean cdefCoded; // whether cdef_idx is read

  // lr_params( )
  final int[] restorationType = new int[3];
  final int[] restorationSize = new int[3];
  boolean usesRestoration;

  @Nullable GrainParameters grain;

  FrameHeader(SequenceHeader sequence) {
    this.sequence = sequence;
  }

  boolean superres() {
    return upscaledWidth != frameWidth;
  }

  boolean featureActive(int segment, int feature) {
    return segmentation && featureEnabled[segment][feature];
  }

  /** Returns get_qindex( 1, segment ), without the deltas of blocks. */
  int segmentQIndex(int segment) {
    return segmentQIndex(segment, baseQIndex);
  }

  /** Returns the quantizer index of a segment for a given base. */
  int segmentQIndex(int segment, int base) {
    if (!featureActive(segment, SEG_LVL_ALT_Q)) {
      return base;
    }
    return Math.max(0, Math.min(255, base + featureData[segment][SEG_LVL_ALT_Q]));
  }

  /** Returns the width of a plane in samples, before super-resolution. */
  int planeWidth(int plane) {
    int shift = plane > 0 ? sequence.subsamplingX : 0;
    return (frameWidth + shift) >> shift;
  }

  /** Returns the width of a plane in samples, after super-resolution. */
  int upscaledPlaneWidth(int plane) {
    int shift = plane > 0 ? sequence.subsamplingX : 0;
    return (upscaledWidth + shift) >> shift;
  }

  /** Returns the height of a plane in samples. */
  int planeHeight(int plane) {
    int shift = plane > 0 ? sequence.subsamplingY : 0;
    return (frameHeight + shift) >> shift;
  }

  /** Returns the number of restoration units along a side of a plane (clause 5.11.57). */
  static int restorationUnits(int unitSize, int side) {
    return Math.max((side + (unitSize >> 1)) / unitSize, 1);
  }

  boolean deblocks() {
    return filterLevel[0] != 0 || filterLevel[1] != 0;
  }

  /** Returns whether any strength of CDEF is not 0. */
  boolean deringes() {
    if (!cdefCoded) {
      return false;
    }
    for (int i = 0; i < 1 << cdefBits; i++) {
      if ((cdefYPrimary[i] | cdefYSecondary[i] | cdefUvPrimary[i] | cdefUvSecondary[i]) != 0) {
        return true;
      }
    }
    return false;
  }
}
