package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;

/**
 * Decodes transform trees and units: prediction and residual of each block (7.3.8.8 to 7.3.8.12).
 */
final class TransformTree {

  final Neighbors neighbors;

  private final Picture picture;
  private final SequenceParameters sps;
  private final PictureParameters pps;
  private final CabacReader cabac;
  private final CodingUnit unit;
  private final IntraPredictor predictor;
  private final Residual residual;
  private final boolean deblocking;
  private final int chromaFormat;
  private final int[] lumaResidual = new int[32 * 32]; // for cross-component prediction

  private boolean parts;
  private int maxDepth;
  private boolean leftFiltered; // whether deblocking is applied across the CTB's left and top edge
  private boolean topFiltered;
  private int ctbLeft;
  private int ctbTop;

  TransformTree(Picture picture, CabacReader cabac, CodingUnit unit, boolean deblocking) {
    this.picture = picture;
    this.cabac = cabac;
    this.unit = unit;
    this.deblocking = deblocking;
    sps = picture.sps;
    pps = picture.pps;
    chromaFormat = sps.chromaFormat;
    neighbors = new Neighbors(picture);
    predictor = new IntraPredictor(picture, neighbors, unit);
    residual = new Residual(picture, cabac, unit);
  }

  void startCtb(int ctbX, int ctbY) {
    SliceHeader slice = unit.slice();
    neighbors.startCtb(slice, ctbX, ctbY);
    ctbLeft = ctbX << sps.log2Ctb;
    ctbTop = ctbY << sps.log2Ctb;
    leftFiltered = picture.filterAcross(slice, ctbX, ctbY, ctbX - 1, ctbY);
    topFiltered = picture.filterAcross(slice, ctbX, ctbY, ctbX, ctbY - 1);
  }

  void decodeUnit(int x, int y, int log2, boolean fourParts) throws MalformedImageException {
    parts = fourParts;
    maxDepth = sps.maxHierarchyDepthIntra + (fourParts ? 1 : 0);
    decode(x, y, x, y, log2, 0, 0, 0, 1, 1);
  }

  /**
   * Decodes a transform tree.
   *
   * @param index {@code blkIdx}
   * @param part part of the coding unit
   * @param parentCb the parent's {@code cbf_cb}, a bit for each of up to two blocks
   */
  private void decode(
      int x,
      int y,
      int baseX,
      int baseY,
      int log2,
      int depth,
      int index,
      int part,
      int parentCb,
      int parentCr)
      throws MalformedImageException {
    boolean partSplit = parts && depth == 0;
    boolean split;
    if (log2 <= sps.log2MaxTb && log2 > sps.log2MinTb && depth < maxDepth && !partSplit) {
      split = cabac.bin(Contexts.SPLIT_TRANSFORM + 5 - log2) != 0;
    } else {
      split = log2 > sps.log2MaxTb || partSplit;
    }
    int cb = 0;
    int cr = 0;
    if (chromaFormat != 0) {
      if (log2 > 2 || chromaFormat == 3) {
        boolean two = chromaFormat == 2 && (!split || log2 == 3);
        cb = parentCb == 0 ? 0 : readChromaFlags(depth, two);
        cr = parentCr == 0 ? 0 : readChromaFlags(depth, two);
      } else {
        cb = parentCb;
        cr = parentCr;
      }
    }
    if (split) {
      int half = 1 << (log2 - 1);
      for (int i = 0; i < 4; i++) {
        int childPart = partSplit ? i : part;
        int childX = x + (i & 1) * half;
        int childY = y + (i >> 1) * half;
        decode(childX, childY, x, y, log2 - 1, depth + 1, i, childPart, cb, cr);
      }
      return;
    }
    boolean luma = cabac.bin(Contexts.CBF_LUMA + (depth == 0 ? 1 : 0)) != 0;
    decodeTransformUnit(x, y, baseX, baseY, log2, index, part, luma, cb, cr);
  }

  private int readChromaFlags(int depth, boolean two) throws MalformedImageException {
    int flags = cabac.bin(Contexts.CBF_CHROMA + depth);
    return two ? flags | cabac.bin(Contexts.CBF_CHROMA + depth) << 1 : flags;
  }

  private void decodeTransformUnit(
      int x,
      int y,
      int baseX,
      int baseY,
      int log2,
      int index,
      int part,
      boolean luma,
      int cb,
      int cr)
      throws MalformedImageException {
    if (luma || cb != 0 || cr != 0) {
      if (pps.cuQpDelta && !unit.qpDeltaCoded) {
        readQpDelta();
      }
      if (unit.slice().cuChromaQpOffset
          && (cb != 0 || cr != 0)
          && !unit.bypass
          && !unit.chromaQpOffsetCoded) {
        readChromaQpOffset();
      }
    }
    markEdges(x, y, log2);
    int mode = unit.lumaModes[part];
    predictor.predict(0, x, y, log2, mode);
    boolean cross = pps.crossComponentPrediction && luma && unit.chromaFromLuma[part];
    if (cross) {
      residual.read(log2, 0, mode);
      residual.add(0, x, y, log2);
      System.arraycopy(residual.samples, 0, lumaResidual, 0, 1 << (2 * log2));
    } else if (luma) {
      residual.readAndAdd(0, x, y, log2, mode);
    }
    if (chromaFormat == 3) {
      decodeChroma(1, x, y, log2, part, cb, cross);
      decodeChroma(2, x, y, log2, part, cr, cross);
    } else if (chromaFormat != 0) {
      if (log2 > 2) {
        decodeChroma(1, x, y, log2 - 1, 0, cb, false);
        decodeChroma(2, x, y, log2 - 1, 0, cr, false);
      } else if (index == 3) {
        decodeChroma(1, baseX, baseY, 2, 0, cb, false);
        decodeChroma(2, baseX, baseY, 2, 0, cr, false);
      }
    }
  }

  /** Decodes the chroma block of a transform unit, or both blocks in 4:2:2. */
  private void decodeChroma(int c, int x, int y, int log2, int part, int flags, boolean cross)
      throws MalformedImageException {
    int blocks = chromaFormat == 2 ? 2 : 1;
    int scale = cross ? readResidualScale(c - 1) : 0;
    int mode = unit.chromaModes[part];
    for (int i = 0; i < blocks; i++) {
      int blockX = x >> picture.shiftX[c];
      int blockY = (y >> picture.shiftY[c]) + (i << log2);
      predictor.predict(c, blockX, blockY, log2, mode);
      boolean coded = (flags >> i & 1) != 0;
      if (scale == 0) {
        if (coded) {
          residual.readAndAdd(c, blockX, blockY, log2, mode);
        }
        continue;
      }
      if (coded) {
        residual.read(log2, c, mode);
      } else {
        residual.clear(log2);
      }
      addLumaResidual(scale, log2);
      residual.add(c, blockX, blockY, log2);
    }
  }

  /** Adds the luma residual (7.3.8.12, 8.6.6). */
  private void addLumaResidual(int scale, int log2) {
    for (int i = 0; i < 1 << (2 * log2); i++) {
      residual.samples[i] +=
          (scale * ((lumaResidual[i] << sps.bitDepthChroma) >> sps.bitDepthLuma)) >> 3;
    }
  }

  private int readResidualScale(int c) throws MalformedImageException {
    int log2 = 0; // log2_res_scale_abs_plus1
    while (log2 < 4 && cabac.bin(Contexts.LOG2_RES_SCALE + 4 * c + log2) != 0) {
      log2++;
    }
    if (log2 == 0) {
      return 0;
    }
    int scale = 1 << (log2 - 1);
    return cabac.bin(Contexts.RES_SCALE_SIGN + c) != 0 ? -scale : scale;
  }

  private void readQpDelta() throws MalformedImageException {
    int value = 0; // cu_qp_delta_abs
    while (value < 5 && cabac.bin(Contexts.CU_QP_DELTA + (value == 0 ? 0 : 1)) != 0) {
      value++;
    }
    if (value == 5) {
      int k = 0;
      while (cabac.bypass() != 0) {
        value += 1 << k;
        if (++k > 15) {
          throw cabac.malformed("CuQpDeltaVal is out of range");
        }
      }
      value += cabac.bypass(k);
    }
    unit.setQpDelta(value != 0 && cabac.bypass() != 0 ? -value : value, cabac);
  }

  private void readChromaQpOffset() throws MalformedImageException {
    if (cabac.bin(Contexts.CU_CHROMA_QP_OFFSET_FLAG) == 0) {
      unit.setChromaQpOffset(-1);
      return;
    }
    int index = 0;
    while (index < pps.cbQpOffsetList.length - 1
        && cabac.bin(Contexts.CU_CHROMA_QP_OFFSET_IDX) != 0) {
      index++;
    }
    unit.setChromaQpOffset(index);
  }

  /** Marks the left and top edge of a transform block for deblocking (8.7.2.3). */
  void markEdges(int x, int y, int log2) {
    if (!deblocking || unit.slice().deblockingDisabled) {
      return;
    }
    int cells = log2 > 3 ? 1 << (log2 - 3) : 1;
    if ((x & 7) == 0 && (x > ctbLeft || leftFiltered)) {
      for (int i = 0; i < cells; i++) {
        picture.edges[picture.cell(x, y + 8 * i)] |= Picture.LEFT_EDGE;
      }
    }
    if ((y & 7) == 0 && (y > ctbTop || topFiltered)) {
      int cell = picture.cell(x, y);
      for (int i = 0; i < cells; i++) {
        picture.edges[cell + i] |= Picture.TOP_EDGE;
      }
    }
  }
}
