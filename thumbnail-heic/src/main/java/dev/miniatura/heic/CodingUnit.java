package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import org.jspecify.annotations.Nullable;

/** State of the coding unit being decoded, and its quantization parameters (H.265, 8.6.1). */
final class CodingUnit {

  /** Table 8-10: QpC for qPi of 30 to 43. */
  private static final byte[] CHROMA_QP = {29, 30, 31, 32, 33, 33, 34, 34, 35, 35, 36, 36, 37, 37};

  private final SequenceParameters sps;
  private final PictureParameters pps;
  private @Nullable SliceHeader slice;

  boolean bypass; // cu_transquant_bypass_flag
  final int[] lumaModes = new int[4];
  final int[] chromaModes = new int[4];
  final boolean[] chromaFromLuma = new boolean[4]; // intra_chroma_pred_mode is 4

  int qp; // QpY
  boolean qpDeltaCoded; // IsCuQpDeltaCoded
  boolean chromaQpOffsetCoded; // IsCuChromaQpOffsetCoded
  private int groupQp; // qPY_PRED
  private int cbOffset; // CuQpOffsetCb
  private int crOffset;

  CodingUnit(Picture picture) {
    sps = picture.sps;
    pps = picture.pps;
  }

  void startSlice(SliceHeader header) {
    slice = header;
    if (!header.dependent) {
      cbOffset = 0;
      crOffset = 0;
    }
  }

  SliceHeader slice() {
    if (slice == null) {
      throw new IllegalStateException("no slice has started");
    }
    return slice;
  }

  void startQuantizationGroup(int predictedQp) {
    groupQp = predictedQp;
    qp = predictedQp;
    qpDeltaCoded = false;
  }

  void setQpDelta(int delta, CabacReader in) throws MalformedImageException {
    int offset = 6 * (sps.bitDepthLuma - 8);
    if (delta < -(26 + offset / 2) || delta > 25 + offset / 2) {
      throw in.malformed("CuQpDeltaVal is out of range");
    }
    qpDeltaCoded = true;
    qp = Math.floorMod(groupQp + delta + 52 + 2 * offset, 52 + offset) - offset;
  }

  /** Sets the chroma offsets from the picture's list, or to 0 for an index of −1. */
  void setChromaQpOffset(int index) {
    chromaQpOffsetCoded = true;
    cbOffset = index < 0 ? 0 : pps.cbQpOffsetList[index];
    crOffset = index < 0 ? 0 : pps.crQpOffsetList[index];
  }

  /** Returns qP: Qp′Y, Qp′Cb or Qp′Cr (8.6.1, 8.6.2). */
  int scalingQp(int component) {
    if (component == 0) {
      return qp + 6 * (sps.bitDepthLuma - 8);
    }
    int range = 6 * (sps.bitDepthChroma - 8);
    int offset = component == 1 ? slice().cbQpOffset + cbOffset : slice().crQpOffset + crOffset;
    int index = Math.max(-range, Math.min(57, qp + offset));
    return chromaQp(sps.chromaFormat, index) + range;
  }

  /** Returns QpC for qPi (Table 8-10). */
  static int chromaQp(int chromaFormat, int index) {
    if (chromaFormat != 1) {
      return Math.min(index, 51);
    }
    return index < 30 ? index : index > 43 ? index - 6 : CHROMA_QP[index - 30];
  }
}
