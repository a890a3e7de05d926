package dev.miniatura.internal.av1;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.codec.ColorDescription;
import dev.miniatura.internal.codec.PictureFormat;

/** The sequence header (clauses 5.5 and 6.4): the parameters common to all frames. */
final class SequenceHeader {

  /**
   * {@code seq_force_screen_content_tools} and {@code seq_force_integer_mv}: each frame has its own
   * flag.
   */
  static final int SELECT = 2;

  private static final int UNSPECIFIED = 2; // CP_, TC_ and MC_UNSPECIFIED
  private static final int CP_BT_709 = 1;
  private static final int TC_SRGB = 13;
  private static final int MC_IDENTITY = 0;

  boolean reducedStillPicture;
  boolean equalPictureInterval;
  boolean decoderModelInfo;
  int bufferRemovalTimeBits;
  int presentationTimeBits;
  int[] operatingPoints = {0}; // operating_point_idc
  boolean[] decoderModelForPoint = {false};
  int widthBits;
  int heightBits;
  int maxWidth;
  int maxHeight;
  boolean frameIds;
  int deltaFrameIdBits;
  int frameIdBits;
  boolean superblock128;
  boolean filterIntra;
  boolean intraEdgeFilter;
  int forceScreenContentTools = SELECT;
  int forceIntegerMv = SELECT;
  boolean orderHint;
  int orderHintBits;
  boolean superres;
  boolean cdef;
  boolean restoration;
  boolean filmGrain;

  int bitDepth;
  boolean monochrome;
  int primaries = UNSPECIFIED;
  int transfer = UNSPECIFIED;
  int matrix = UNSPECIFIED;
  boolean fullRange;
  int subsamplingX;
  int subsamplingY;
  int chromaPosition;
  boolean separateUvDeltaQ;

  private SequenceHeader() {}

  /** Parses sequence_header_obu( ). */
  static SequenceHeader parse(BitReader in) throws MalformedImageException {
    SequenceHeader header = new SequenceHeader();
    header.read(in);
    return header;
  }

  int planes() {
    return monochrome ? 1 : 3;
  }

  /** Returns the format of pictures of a size. */
  PictureFormat format(int width, int height) {
    int chromaLocation =
        switch (chromaPosition) {
          case 1 -> 0; // CSP_VERTICAL
          case 2 -> 2; // CSP_COLOCATED
          default -> -1;
        };
    return new PictureFormat(
        width,
        height,
        planes(),
        subsamplingX,
        subsamplingY,
        bitDepth,
        bitDepth,
        new ColorDescription(primaries, transfer, matrix, fullRange),
        chromaLocation);
  }

  boolean identityMatrix() {
    return matrix == MC_IDENTITY;
  }

  private void read(BitReader in) throws MalformedImageException {
    int profile = in.bits(3);
    if (profile > 2) {
      throw in.malformed("seq_profile " + profile + " is reserved");
    }
    boolean stillPicture = in.flag();
    reducedStillPicture = in.flag();
    if (reducedStillPicture) {
      if (!stillPicture) {
        throw in.malformed("reduced_still_picture_header without still_picture");
      }
      in.bits(5);
    } else {
      readOperatingPoints(in);
    }
    widthBits = in.bits(4) + 1;
    heightBits = in.bits(4) + 1;
    maxWidth = in.bits(widthBits) + 1;
    maxHeight = in.bits(heightBits) + 1;
    if (!reducedStillPicture && in.flag()) {
      frameIds = true;
      deltaFrameIdBits = in.bits(4) + 2;
      frameIdBits = in.bits(3) + deltaFrameIdBits + 1;
    }
    superblock128 = in.flag();
    filterIntra = in.flag();
    intraEdgeFilter = in.flag();
    if (!reducedStillPicture) {
      readInterTools(in);
    }
    superres = in.flag();
    cdef = in.flag();
    restoration = in.flag();
    readColorConfig(in, profile);
    filmGrain = in.flag();
  }

  private void readOperatingPoints(BitReader in) throws MalformedImageException {
    int delayBits = 0;
    if (in.flag()) { // timing_info( )
      in.bits(32);
      in.bits(32);
      equalPictureInterval = in.flag();
      if (equalPictureInterval) {
        in.skipVariableLength();
      }
      decoderModelInfo = in.flag();
      if (decoderModelInfo) {
        delayBits = in.bits(5) + 1;
        in.bits(32);
        bufferRemovalTimeBits = in.bits(5) + 1;
        presentationTimeBits = in.bits(5) + 1;
      }
    }
    boolean initialDisplayDelay = in.flag();
    int count = in.bits(5) + 1;
    operatingPoints = new int[count];
    decoderModelForPoint = new boolean[count];
    for (int i = 0; i < count; i++) {
      operatingPoints[i] = in.bits(12);
      if (in.bits(5) > 7) { // seq_level_idx
        in.bit();
      }
      if (decoderModelInfo && in.flag()) { // operating_parameters_info( )
        decoderModelForPoint[i] = true;
        in.bits(delayBits);
        in.bits(delayBits);
        in.bit();
      }
      if (initialDisplayDelay && in.flag()) {
        in.bits(4);
      }
    }
  }

  private void readInterTools(BitReader in) throws MalformedImageException {
    in.bits(4); // interintra, masked compound, warped motion, dual filter
    orderHint = in.flag();
    if (orderHint) {
      in.bits(2); // jnt_comp, ref_frame_mvs
    }
    forceScreenContentTools = in.flag() ? SELECT : in.bit();
    if (forceScreenContentTools > 0) {
      forceIntegerMv = in.flag() ? SELECT : in.bit();
    }
    if (orderHint) {
      orderHintBits = in.bits(3) + 1;
    }
  }

  private void readColorConfig(BitReader in, int profile) throws MalformedImageException {
    boolean high = in.flag();
    if (profile == 2 && high) {
      bitDepth = in.flag() ? 12 : 10;
    } else {
      bitDepth = high ? 10 : 8;
    }
    monochrome = profile != 1 && in.flag();
    if (in.flag()) {
      primaries = in.bits(8);
      transfer = in.bits(8);
      matrix = in.bits(8);
    }
    if (monochrome) {
      fullRange = in.flag();
      subsamplingX = 1;
      subsamplingY = 1;
      return;
    }
    if (primaries == CP_BT_709 && transfer == TC_SRGB && matrix == MC_IDENTITY) {
      fullRange = true;
    } else {
      fullRange = in.flag();
      readSubsampling(in, profile);
      if (subsamplingX == 1 && subsamplingY == 1) {
        chromaPosition = in.bits(2);
      }
    }
    separateUvDeltaQ = in.flag();
  }

  private void readSubsampling(BitReader in, int profile) throws MalformedImageException {
    if (profile == 0) {
      subsamplingX = 1;
      subsamplingY = 1;
    } else if (profile == 2) {
      if (bitDepth == 12) {
        subsamplingX = in.bit();
        subsamplingY = subsamplingX == 1 ? in.bit() : 0;
      } else {
        subsamplingX = 1;
      }
    }
  }
}
