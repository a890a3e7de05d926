package dev.miniatura.internal.av1;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;

/** Parses uncompressed_header( ) (clause 5.9.2) of intra frames. */
final class FrameHeaderReader {

  private static final int KEY_FRAME = 0;
  private static final int INTRA_ONLY_FRAME = 2;

  private final BitReader in;
  private final SequenceHeader sequence;
  private final FrameHeader frame;

  private FrameHeaderReader(BitReader in, SequenceHeader sequence) {
    this.in = in;
    this.sequence = sequence;
    frame = new FrameHeader(sequence);
  }

  /**
   * Parses the header.
   *
   * @throws UnsupportedImageException if the frame is predicted from others
   */
  static FrameHeader parse(BitReader in, SequenceHeader sequence, int temporalId, int spatialId)
      throws MalformedImageException, UnsupportedImageException {
    FrameHeaderReader reader = new FrameHeaderReader(in, sequence);
    if (reader.readStart(temporalId, spatialId)) {
      reader.readRest();
    }
    return reader.frame;
  }

  /** Reads up to the sizes; returns whether there is more. */
  private boolean readStart(int temporalId, int spatialId)
      throws MalformedImageException, UnsupportedImageException {
    boolean reduced = sequence.reducedStillPicture;
    int type = KEY_FRAME;
    boolean errorResilient = true;
    boolean showable = false;
    if (!reduced) {
      frame.showExistingFrame = in.flag();
      if (frame.showExistingFrame) {
        frame.frameToShow = in.bits(3);
        return false;
      }
      type = in.bits(2);
      if (type != KEY_FRAME && type != INTRA_ONLY_FRAME) {
        throw new UnsupportedImageException("AV1: inter frames");
      }
      frame.showFrame = in.flag();
      if (frame.showFrame && sequence.decoderModelInfo && !sequence.equalPictureInterval) {
        in.bits(sequence.presentationTimeBits);
      }
      showable = frame.showFrame ? type != KEY_FRAME : in.flag();
      errorResilient = (type == KEY_FRAME && frame.showFrame) || in.flag();
    }
    frame.cdfUpdate = !in.flag();
    int tools = sequence.forceScreenContentTools;
    frame.screenContentTools = tools == SequenceHeader.SELECT ? in.flag() : tools == 1;
    if (frame.screenContentTools && sequence.forceIntegerMv == SequenceHeader.SELECT) {
      in.bit();
    }
    if (sequence.frameIds) {
      in.bits(sequence.frameIdBits);
    }
    boolean sizeOverride = !reduced && in.flag();
    in.bits(sequence.orderHintBits);
    if (sequence.decoderModelInfo && in.flag()) {
      skipBufferRemovalTimes(temporalId, spatialId);
    }
    if (type != KEY_FRAME || !frame.showFrame) {
      frame.refreshFrameFlags = in.bits(8);
      if (type == INTRA_ONLY_FRAME && frame.refreshFrameFlags == 0xff) {
        throw in.malformed("intra-only frame refreshes all frames");
      }
      if (frame.refreshFrameFlags != 0xff && errorResilient && sequence.orderHint) {
        for (int i = 0; i < 8; i++) {
          in.bits(sequence.orderHintBits);
        }
      }
    }
    readSizes(sizeOverride);
    if (frame.screenContentTools && frame.upscaledWidth == frame.frameWidth) {
      frame.intrabc = in.flag();
    }
    if (!reduced && frame.cdfUpdate) {
      in.bit(); // disable_frame_end_update_cdf
    }
    grainAllowed = frame.showFrame || showable;
    return true;
  }

  private boolean grainAllowed;

  private void readRest() throws MalformedImageException {
    new TileInfoReader(in, frame).read();
    readQuantization();
    readSegmentation();
    readDeltas();
    deriveLossless();
    readLoopFilter();
    readCdef();
    readRestoration();
    frame.txModeSelect = !frame.codedLossless && in.flag();
    frame.reducedTxSet = in.flag();
    if (sequence.filmGrain && grainAllowed) {
      frame.grain = GrainParameters.parse(in, sequence);
    }
  }

  private void skipBufferRemovalTimes(int temporalId, int spatialId)
      throws MalformedImageException {
    for (int i = 0; i < sequence.operatingPoints.length; i++) {
      int point = sequence.operatingPoints[i];
      boolean inside = (point >> temporalId & 1) != 0 && (point >> (spatialId + 8) & 1) != 0;
      if (sequence.decoderModelForPoint[i] && (point == 0 || inside)) {
        in.bits(sequence.bufferRemovalTimeBits);
      }
    }
  }

  private void readSizes(boolean override) throws MalformedImageException {
    frame.upscaledWidth = override ? in.bits(sequence.widthBits) + 1 : sequence.maxWidth;
    frame.frameHeight = override ? in.bits(sequence.heightBits) + 1 : sequence.maxHeight;
    if (frame.upscaledWidth > sequence.maxWidth || frame.frameHeight > sequence.maxHeight) {
      throw in.malformed("frame is larger than its sequence");
    }
    if (sequence.superres && in.flag()) {
      frame.superresDenominator = in.bits(3) + 9;
    }
    int denominator = frame.superresDenominator;
    int scaled = (frame.upscaledWidth * 8 + denominator / 2) / denominator;
    // Decoders keep 16 columns, as Annex A.3 requires, unlike the formula in 5.9.8.
    frame.frameWidth = Math.max(scaled, Math.min(16, frame.upscaledWidth));
    frame.miCols = 2 * ((frame.frameWidth + 7) >> 3);
    frame.miRows = 2 * ((frame.frameHeight + 7) >> 3);
    if (in.flag()) { // render_and_frame_size_different
      in.bits(32);
    }
  }

  private int readDeltaQ() throws MalformedImageException {
    return in.flag() ? in.signed(7) : 0;
  }

  private void readQuantization() throws MalformedImageException {
    frame.baseQIndex = in.bits(8);
    frame.deltaQDc[0] = readDeltaQ();
    if (!sequence.monochrome) {
      boolean different = sequence.separateUvDeltaQ && in.flag();
      frame.deltaQDc[1] = readDeltaQ();
      frame.deltaQAc[1] = readDeltaQ();
      frame.deltaQDc[2] = different ? readDeltaQ() : frame.deltaQDc[1];
      frame.deltaQAc[2] = different ? readDeltaQ() : frame.deltaQAc[1];
    }
    frame.quantizerMatrices = in.flag();
    if (frame.quantizerMatrices) {
      frame.matrixLevel[0] = in.bits(4);
      frame.matrixLevel[1] = in.bits(4);
      frame.matrixLevel[2] = sequence.separateUvDeltaQ ? in.bits(4) : frame.matrixLevel[1];
    }
  }

  private static final int[] FEATURE_BITS = {8, 6, 6, 6, 6, 3, 0, 0};
  private static final boolean[] FEATURE_SIGNED = {
    true, true, true, true, true, false, false, false
  };
  private static final int[] FEATURE_MAX = {255, 63, 63, 63, 63, 7, 0, 0};

  private void readSegmentation() throws MalformedImageException {
    frame.segmentation = in.flag();
    if (!frame.segmentation) {
      return;
    }
    for (int i = 0; i < FrameHeader.MAX_SEGMENTS; i++) {
      for (int j = 0; j < FrameHeader.SEG_LVL_MAX; j++) {
        if (!in.flag()) {
          continue;
        }
        int most = FEATURE_MAX[j];
        int value = FEATURE_SIGNED[j] ? in.signed(1 + FEATURE_BITS[j]) : in.bits(FEATURE_BITS[j]);
        frame.featureEnabled[i][j] = true;
        frame.featureData[i][j] = Math.max(-most, Math.min(most, value));
        frame.lastActiveSegId = i;
        frame.segIdPreSkip |= j >= FrameHeader.SEG_LVL_REF_FRAME;
      }
    }
  }

  private void readDeltas() throws MalformedImageException {
    frame.deltaQPresent = frame.baseQIndex > 0 && in.flag();
    if (!frame.deltaQPresent) {
      return;
    }
    frame.deltaQShift = in.bits(2);
    frame.deltaLfPresent = !frame.intrabc && in.flag();
    if (frame.deltaLfPresent) {
      frame.deltaLfShift = in.bits(2);
      frame.deltaLfMulti = in.flag();
    }
  }

  private void deriveLossless() {
    int deltas = 0;
    for (int plane = 0; plane < 3; plane++) {
      deltas |= frame.deltaQDc[plane] | frame.deltaQAc[plane];
    }
    frame.codedLossless = true;
    for (int i = 0; i < FrameHeader.MAX_SEGMENTS; i++) {
      frame.lossless[i] = frame.segmentQIndex(i) == 0 && deltas == 0;
      frame.codedLossless &= frame.lossless[i];
    }
  }

  private void readLoopFilter() throws MalformedImageException {
    if (frame.codedLossless || frame.intrabc) {
      return;
    }
    frame.filterLevel[0] = in.bits(6);
    frame.filterLevel[1] = in.bits(6);
    if (!sequence.monochrome && frame.deblocks()) {
      frame.filterLevel[2] = in.bits(6);
      frame.filterLevel[3] = in.bits(6);
    }
    frame.sharpness = in.bits(3);
    frame.filterDeltaEnabled = in.flag();
    if (frame.filterDeltaEnabled && in.flag()) {
      for (int i = 0; i < 10; i++) { // ref_deltas[ 8 ], mode_deltas[ 2 ]
        if (in.flag()) {
          int delta = in.signed(7);
          if (i == 0) {
            frame.intraRefDelta = delta;
          }
        }
      }
    }
  }

  private void readCdef() throws MalformedImageException {
    if (frame.codedLossless || frame.intrabc || !sequence.cdef) {
      return;
    }
    frame.cdefCoded = true;
    frame.cdefDamping = in.bits(2) + 3;
    frame.cdefBits = in.bits(2);
    for (int i = 0; i < 1 << frame.cdefBits; i++) {
      frame.cdefYPrimary[i] = in.bits(4);
      frame.cdefYSecondary[i] = secondary(in.bits(2));
      if (!sequence.monochrome) {
        frame.cdefUvPrimary[i] = in.bits(4);
        frame.cdefUvSecondary[i] = secondary(in.bits(2));
      }
    }
  }

  private static int secondary(int coded) {
    return coded == 3 ? 4 : coded;
  }

  private static final int[] REMAP_LR_TYPE = {
    FrameHeader.RESTORE_NONE,
    FrameHeader.RESTORE_SWITCHABLE,
    FrameHeader.RESTORE_WIENER,
    FrameHeader.RESTORE_SGRPROJ
  };

  private void readRestoration() throws MalformedImageException {
    boolean allLossless = frame.codedLossless && frame.frameWidth == frame.upscaledWidth;
    if (allLossless || frame.intrabc || !sequence.restoration) {
      return;
    }
    boolean chroma = false;
    for (int plane = 0; plane < sequence.planes(); plane++) {
      frame.restorationType[plane] = REMAP_LR_TYPE[in.bits(2)];
      if (frame.restorationType[plane] != FrameHeader.RESTORE_NONE) {
        frame.usesRestoration = true;
        chroma |= plane > 0;
      }
    }
    if (!frame.usesRestoration) {
      return;
    }
    int shift = in.bit();
    if (sequence.superblock128) {
      shift++;
    } else if (shift == 1) {
      shift += in.bit();
    }
    int size = 256 >> (2 - shift);
    int uvShift = sequence.subsamplingX == 1 && sequence.subsamplingY == 1 && chroma ? in.bit() : 0;
    frame.restorationSize[0] = size;
    frame.restorationSize[1] = size >> uvShift;
    frame.restorationSize[2] = size >> uvShift;
  }
}
