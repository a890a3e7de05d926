package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import java.util.Arrays;

/** Decodes coding quadtrees and coding units (H.265, 7.3.8.4, 7.3.8.5, 8.4.2, 8.4.3, 8.6.1). */
final class CodingQuadtree {

  /** Table 8-3: the chroma mode of 4:2:2 for each mode of square samples. */
  private static final byte[] MODE_422 = {
    0, 1, 2, 2, 2, 2, 3, 5, 7, 8, 10, 12, 13, 15, 17, 18, 19, 20, 21, 22, 23, 23, 24, 24, 25, 25,
    26, 27, 27, 28, 28, 29, 29, 30, 31
  };

  private static final int PLANAR = 0;
  private static final int DC = 1;
  private static final int HORIZONTAL = 10;
  private static final int VERTICAL = 26;

  private final Picture picture;
  private final SequenceParameters sps;
  private final PictureParameters pps;
  private final CabacReader cabac;
  private final CodingUnit unit;
  private final TransformTree transforms;
  private final int ctbMask;
  private final int log2MinQpDelta;
  private final int log2MinChromaQpOffset;

  // Of the blocks just above and to the left of the next one
  private final byte[] depthAbove; // by 8 samples of the picture
  private final byte[] depthLeft = new byte[8]; // by 8 samples of the CTB
  private final byte[] modeAbove; // by 4 samples of the picture
  private final byte[] modeLeft = new byte[16]; // by 4 samples of the CTB

  private int ctbLeft; // in samples
  private int ctbTop;
  private int lastQp; // qPY_PREV
  private int groupQp; // qPY_PRED of the quantization group

  CodingQuadtree(Picture picture, CabacReader cabac, boolean deblocking) {
    this.picture = picture;
    this.cabac = cabac;
    sps = picture.sps;
    pps = picture.pps;
    ctbMask = (1 << sps.log2Ctb) - 1;
    log2MinQpDelta = sps.log2Ctb - pps.diffCuQpDeltaDepth;
    log2MinChromaQpOffset = sps.log2Ctb - pps.diffCuChromaQpOffsetDepth;
    int width = picture.widthInCtbs << sps.log2Ctb;
    depthAbove = new byte[width >> 3];
    modeAbove = new byte[width >> 2];
    unit = new CodingUnit(picture);
    transforms = new TransformTree(picture, cabac, unit, deblocking);
  }

  /** Starts a slice segment. */
  void startSlice(SliceHeader slice) {
    unit.startSlice(slice);
  }

  /**
   * Predicts the next QP from that of the slice (8.6.1: first in a slice, a tile, a row with WPP).
   */
  void resetQp() {
    lastQp = unit.slice().qp;
  }

  void startCtb(int ctbX, int ctbY) {
    ctbLeft = ctbX << sps.log2Ctb;
    ctbTop = ctbY << sps.log2Ctb;
    transforms.startCtb(ctbX, ctbY);
  }

  void decode(int x, int y, int log2, int depth) throws MalformedImageException {
    int size = 1 << log2;
    boolean split;
    if (x + size <= sps.width && y + size <= sps.height && log2 > sps.log2MinCb) {
      int context = Contexts.SPLIT_CU;
      if (transforms.neighbors.leftAvailable(x) && depthLeft[(y & ctbMask) >> 3] > depth) {
        context++;
      }
      if (transforms.neighbors.aboveAvailable(y) && depthAbove[x >> 3] > depth) {
        context++;
      }
      split = cabac.bin(context) != 0;
    } else {
      split = log2 > sps.log2MinCb;
    }
    if (log2 >= log2MinQpDelta) {
      startQuantizationGroup(x, y);
    }
    if (unit.slice().cuChromaQpOffset && log2 >= log2MinChromaQpOffset) {
      unit.chromaQpOffsetCoded = false;
    }
    if (!split) {
      decodeUnit(x, y, log2);
      Arrays.fill(depthAbove, x >> 3, (x + size) >> 3, (byte) depth);
      int top = (y & ctbMask) >> 3;
      Arrays.fill(depthLeft, top, top + (size >> 3), (byte) depth);
      return;
    }
    int half = size >> 1;
    decode(x, y, log2 - 1, depth + 1);
    if (x + half < sps.width) {
      decode(x + half, y, log2 - 1, depth + 1);
    }
    if (y + half < sps.height) {
      decode(x, y + half, log2 - 1, depth + 1);
    }
    if (x + half < sps.width && y + half < sps.height) {
      decode(x + half, y + half, log2 - 1, depth + 1);
    }
  }

  private void startQuantizationGroup(int x, int y) {
    int left = x > ctbLeft ? picture.qps[picture.cell(x - 1, y)] : lastQp;
    int above = y > ctbTop ? picture.qps[picture.cell(x, y - 1)] : lastQp;
    groupQp = (left + above + 1) >> 1;
    unit.startQuantizationGroup(groupQp);
  }

  private void decodeUnit(int x, int y, int log2) throws MalformedImageException {
    unit.bypass = pps.transquantBypass && cabac.bin(Contexts.TRANSQUANT_BYPASS) != 0;
    boolean parts = log2 == sps.log2MinCb && cabac.bin(Contexts.PART_MODE) == 0; // NxN
    boolean pcm =
        !parts
            && sps.pcmEnabled
            && log2 >= sps.log2MinPcm
            && log2 <= sps.log2MaxPcm
            && cabac.pcmFlag();
    int cells = 1 << (log2 - 3);
    boolean unfiltered = unit.bypass || (pcm && sps.pcmLoopFilterDisabled);
    for (int i = 0; i < cells; i++) {
      int cell = picture.cell(x, y + 8 * i);
      Arrays.fill(picture.unfiltered, cell, cell + cells, unfiltered);
    }
    if (pcm) {
      readPcm(x, y, log2);
      setModes(x, y, 1 << log2, DC);
    } else {
      readModes(x, y, log2, parts);
      transforms.decodeUnit(x, y, log2, parts);
    }
    for (int i = 0; i < cells; i++) {
      int cell = picture.cell(x, y + 8 * i);
      Arrays.fill(picture.qps, cell, cell + cells, (byte) unit.qp);
    }
    lastQp = unit.qp;
  }

  private void readPcm(int x, int y, int log2) throws MalformedImageException {
    int bits = sps.pcmBitDepthLuma << (2 * log2);
    if (picture.components > 1) {
      bits += 2 * (sps.pcmBitDepthChroma << (2 * log2 - picture.shiftX[1] - picture.shiftY[1]));
    }
    PcmReader in = cabac.pcm(bits);
    for (int c = 0; c < picture.components; c++) {
      int depth = c == 0 ? sps.pcmBitDepthLuma : sps.pcmBitDepthChroma;
      int shift = sps.bitDepth(c) - depth;
      int width = 1 << (log2 - picture.shiftX[c]);
      int height = 1 << (log2 - picture.shiftY[c]);
      for (int row = 0; row < height; row++) {
        int index = picture.index(c, x >> picture.shiftX[c], (y >> picture.shiftY[c]) + row);
        for (int column = 0; column < width; column++) {
          picture.planes[c][index + column] = (short) (in.sample(depth) << shift);
        }
      }
    }
    transforms.markEdges(x, y, log2);
  }

  /** Reads the prediction modes of a unit (7.3.8.5) and derives them (8.4.2, 8.4.3). */
  private void readModes(int x, int y, int log2, boolean parts) throws MalformedImageException {
    int count = parts ? 4 : 1;
    int size = parts ? 1 << (log2 - 1) : 1 << log2;
    int coded = 0; // prev_intra_luma_pred_flag, a bit for each part
    for (int i = 0; i < count; i++) {
      coded |= cabac.bin(Contexts.PREV_INTRA_LUMA_PRED) << i;
    }
    for (int i = 0; i < count; i++) {
      int partX = x + (i & 1) * size;
      int partY = y + (i >> 1) * size;
      int mode;
      if ((coded >> i & 1) != 0) {
        int candidate = cabac.bypass() == 0 ? 0 : 1 + cabac.bypass(); // mpm_idx
        mode = mostProbable(partX, partY, candidate);
      } else {
        mode = remaining(partX, partY, cabac.bypass(5));
      }
      unit.lumaModes[i] = mode;
      setModes(partX, partY, size, mode);
    }
    int chromaCount = sps.chromaFormat == 3 ? count : sps.chromaFormat == 0 ? 0 : 1;
    for (int i = 0; i < chromaCount; i++) {
      int code = cabac.bin(Contexts.INTRA_CHROMA_PRED) == 0 ? 4 : cabac.bypass(2);
      unit.chromaFromLuma[i] = code == 4;
      int mode = chromaMode(code, unit.lumaModes[i]);
      unit.chromaModes[i] = sps.chromaFormat == 2 ? MODE_422[mode] : mode;
    }
  }

  private static int chromaMode(int code, int luma) {
    if (code == 4) {
      return luma;
    }
    int mode = code == 0 ? PLANAR : code == 1 ? VERTICAL : code == 2 ? HORIZONTAL : DC;
    return mode == luma ? 34 : mode;
  }

  private int left(int x, int y) {
    return transforms.neighbors.leftAvailable(x) ? modeLeft[(y & ctbMask) >> 2] : DC;
  }

  private int above(int x, int y) {
    return y > ctbTop ? modeAbove[x >> 2] : DC;
  }

  private int mostProbable(int x, int y, int candidate) {
    int a = left(x, y);
    int b = above(x, y);
    if (a == b) {
      if (a < 2) {
        return candidate == 0 ? PLANAR : candidate == 1 ? DC : VERTICAL;
      }
      return candidate == 0 ? a : 2 + ((a + (candidate == 1 ? 29 : -1)) & 31);
    }
    return candidate == 0 ? a : candidate == 1 ? b : third(a, b);
  }

  private static int third(int a, int b) {
    return a != PLANAR && b != PLANAR ? PLANAR : a != DC && b != DC ? DC : VERTICAL;
  }

  private int remaining(int x, int y, int code) {
    int a = mostProbable(x, y, 0);
    int b = mostProbable(x, y, 1);
    int c = mostProbable(x, y, 2);
    int low = Math.min(a, Math.min(b, c));
    int high = Math.max(a, Math.max(b, c));
    int mode = code;
    mode += mode >= low ? 1 : 0;
    mode += mode >= a + b + c - low - high ? 1 : 0;
    mode += mode >= high ? 1 : 0;
    return mode;
  }

  private void setModes(int x, int y, int size, int mode) {
    Arrays.fill(modeAbove, x >> 2, (x + size) >> 2, (byte) mode);
    int top = (y & ctbMask) >> 2;
    Arrays.fill(modeLeft, top, top + (size >> 2), (byte) mode);
  }
}
