package dev.miniatura.heic;

import java.util.List;
import java.util.Random;

/** Parameter sets and slice headers of a generated stream, of random tools. */
final class StreamOptions {

  final int chromaFormat;
  final int bitDepthLuma;
  final int bitDepthChroma;
  final int width;
  final int height;
  final int log2MinCb;
  final int log2Ctb;
  final int log2MinTb;
  final int log2MaxTb;
  final int hierarchyDepth;
  final boolean scalingLists;
  final boolean sao;
  final boolean pcm;
  final boolean rangeExtensions;
  final int[] columnBounds;
  final int[] rowBounds;
  final boolean tiles;
  final boolean wavefront;
  final boolean manySlices;
  final boolean dependentSlices;
  final boolean transformSkip;
  private final boolean sliceChromaOffsets;
  private final boolean deblockingControl;
  private final boolean deblockingDisabled;
  private final boolean loopFilterAcrossSlices;
  private final boolean chromaOffsetList;
  private final int baseQp;
  private final byte[] spsBytes;
  private final byte[] ppsBytes;

  StreamOptions(Random r) {
    chromaFormat = r.nextInt(4);
    rangeExtensions = r.nextBoolean();
    bitDepthLuma = r.nextBoolean() ? 8 : 8 + r.nextInt(5);
    bitDepthChroma = bitDepthLuma;
    log2Ctb = 4 + r.nextInt(3);
    log2MinCb = 3 + r.nextInt(Math.min(3, log2Ctb - 2));
    log2MinTb = 2 + r.nextInt(log2MinCb - 2);
    log2MaxTb = log2MinTb + r.nextInt(Math.min(5, log2Ctb) - log2MinTb + 1);
    hierarchyDepth = r.nextInt(log2Ctb - log2MinTb + 1);
    width = (1 + r.nextInt(200 >> log2MinCb)) << log2MinCb;
    height = (1 + r.nextInt(200 >> log2MinCb)) << log2MinCb;
    int columns = ((width - 1) >> log2Ctb) + 1;
    int rows = ((height - 1) >> log2Ctb) + 1;
    tiles = r.nextInt(3) == 0;
    columnBounds = bounds(r, columns, tiles);
    rowBounds = bounds(r, rows, tiles);
    wavefront = r.nextInt(3) == 0;
    manySlices = r.nextBoolean();
    dependentSlices = r.nextBoolean();
    scalingLists = r.nextBoolean();
    sao = r.nextInt(3) != 0;
    pcm = r.nextInt(3) == 0;
    transformSkip = r.nextBoolean();
    sliceChromaOffsets = r.nextBoolean();
    deblockingControl = r.nextBoolean();
    deblockingDisabled = deblockingControl && r.nextInt(4) == 0;
    loopFilterAcrossSlices = r.nextBoolean();
    chromaOffsetList = rangeExtensions && chromaFormat == 3 && r.nextBoolean();
    baseQp = r.nextInt(52);
    spsBytes = writeSps(r);
    ppsBytes = writePps(r);
  }

  private static int[] bounds(Random r, int total, boolean tiles) {
    int count = tiles ? 1 + r.nextInt(Math.min(3, total)) : 1;
    int[] bounds = new int[count + 1];
    for (int i = 1; i < count; i++) {
      bounds[i] = bounds[i - 1] + 1 + r.nextInt(total - bounds[i - 1] - (count - i));
    }
    bounds[count] = total;
    return bounds;
  }

  int columnInTile(int address) {
    int column = address % columnBounds[columnBounds.length - 1];
    int tile = 0;
    while (columnBounds[tile + 1] <= column) {
      tile++;
    }
    return column - columnBounds[tile];
  }

  int tileWidthAt(int address) {
    int column = address % columnBounds[columnBounds.length - 1];
    int tile = 0;
    while (columnBounds[tile + 1] <= column) {
      tile++;
    }
    return columnBounds[tile + 1] - columnBounds[tile];
  }

  byte[] vps() {
    BitWriter w = new BitWriter().u(4, 0).u(2, 3).u(6, 0).u(3, 0).u(1, 1).u(16, 0xffff);
    profile(w).flag(true).ue(0).ue(0).ue(0).u(6, 0).ue(0).flag(false).flag(false);
    return w.align().toBytes();
  }

  private BitWriter profile(BitWriter w) {
    int profile = 4; // format range extensions
    w.u(2, 0).u(1, 0).u(5, profile).u(32, 1L << (31 - profile));
    return w.u(4, 9).u(43, 0).u(1, 0).u(8, 186);
  }

  byte[] sps() {
    return spsBytes;
  }

  byte[] pps() {
    return ppsBytes;
  }

  private byte[] writeSps(Random r) {
    BitWriter w = new BitWriter().u(4, 0).u(3, 0).u(1, 1);
    profile(w).ue(0).ue(chromaFormat);
    if (chromaFormat == 3) {
      w.flag(false);
    }
    w.ue(width).ue(height).flag(false).ue(bitDepthLuma - 8).ue(bitDepthChroma - 8).ue(4);
    w.flag(true).ue(0).ue(0).ue(0).ue(log2MinCb - 3).ue(log2Ctb - log2MinCb);
    w.ue(log2MinTb - 2).ue(log2MaxTb - log2MinTb).ue(hierarchyDepth).ue(hierarchyDepth);
    w.flag(scalingLists);
    if (scalingLists) {
      lists(w, r);
    }
    w.flag(false).flag(sao).flag(pcm);
    if (pcm) {
      w.u(4, r.nextInt(bitDepthLuma)).u(4, r.nextInt(bitDepthChroma));
      int min = log2MinCb + r.nextInt(Math.min(5, log2Ctb) - log2MinCb + 1);
      int max = min + r.nextInt(Math.min(5, log2Ctb) - min + 1);
      w.ue(min - 3).ue(max - min).flag(r.nextBoolean());
    }
    w.ue(0).flag(false).flag(false).flag(r.nextBoolean()).flag(false).flag(rangeExtensions);
    if (rangeExtensions) {
      w.u(8, 0x80);
      w.flag(r.nextBoolean()).flag(r.nextBoolean()).flag(r.nextBoolean()).flag(r.nextBoolean());
      w.flag(false).flag(r.nextInt(4) == 0).flag(false).flag(r.nextBoolean());
      w.flag(false);
    }
    return w.align().toBytes();
  }

  private static void lists(BitWriter w, Random r) {
    boolean present = r.nextBoolean();
    w.flag(present);
    if (!present) {
      return;
    }
    for (int size = 0; size < 4; size++) {
      for (int matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1) {
        boolean coded = r.nextBoolean();
        w.flag(coded);
        if (!coded) {
          w.ue(r.nextInt(matrix / (size == 3 ? 3 : 1) + 1));
          continue;
        }
        int next = 8;
        if (size > 1) {
          next = 1 + r.nextInt(60);
          w.se(next - 8);
        }
        for (int i = 0; i < (size == 0 ? 16 : 64); i++) {
          int value = Math.max(1, Math.min(255, next + r.nextInt(9) - 4));
          w.se(value - next);
          next = value;
        }
      }
    }
  }

  private byte[] writePps(Random r) {
    BitWriter w = new BitWriter().ue(0).ue(0).flag(dependentSlices).flag(false).u(3, 0);
    w.flag(r.nextBoolean()).flag(false).ue(0).ue(0).se(0).flag(r.nextBoolean());
    w.flag(transformSkip);
    boolean qpDelta = r.nextBoolean();
    w.flag(qpDelta);
    if (qpDelta) {
      w.ue(r.nextInt(log2Ctb - log2MinCb + 1));
    }
    w.se(r.nextInt(13) - 6).se(r.nextInt(13) - 6).flag(sliceChromaOffsets).u(2, 0);
    w.flag(r.nextInt(3) == 0).flag(tiles).flag(wavefront);
    if (tiles) {
      w.ue(columnBounds.length - 2).ue(rowBounds.length - 2).flag(false);
      for (int[] bounds : new int[][] {columnBounds, rowBounds}) {
        for (int i = 0; i + 2 < bounds.length; i++) {
          w.ue(bounds[i + 1] - bounds[i] - 1);
        }
      }
      w.flag(r.nextBoolean());
    }
    w.flag(loopFilterAcrossSlices).flag(deblockingControl);
    if (deblockingControl) {
      w.flag(true).flag(deblockingDisabled);
      if (!deblockingDisabled) {
        w.se(r.nextInt(13) - 6).se(r.nextInt(13) - 6);
      }
    }
    if (scalingLists) {
      lists(w, r);
    } else {
      w.flag(false);
    }
    w.flag(false).ue(0).flag(false).flag(rangeExtensions);
    if (rangeExtensions) {
      w.u(8, 0x80);
      if (transformSkip) {
        w.ue(r.nextInt(log2MaxTb - 1));
      }
      w.flag(chromaFormat == 3 && r.nextBoolean()).flag(chromaOffsetList);
      if (chromaOffsetList) {
        int length = r.nextInt(6);
        w.ue(r.nextInt(log2Ctb - log2MinCb + 1)).ue(length);
        for (int i = 0; i < 2 * (length + 1); i++) {
          w.se(r.nextInt(13) - 6);
        }
      }
      int scale = Math.max(0, bitDepthLuma - 10);
      w.ue(r.nextInt(scale + 1)).ue(r.nextInt(scale + 1));
    }
    return w.align().toBytes();
  }

  /** Writes a slice segment header; the plan's seed makes it the same each time. */
  byte[] sliceHeader(SegmentPlan plan, List<Integer> entryPoints) {
    Random r = new Random(plan.headerSeed);
    BitWriter w = new BitWriter().flag(plan.address == 0).flag(false).ue(0);
    int ctbs = columnBounds[columnBounds.length - 1] * rowBounds[rowBounds.length - 1];
    if (plan.address != 0) {
      if (dependentSlices) {
        w.flag(plan.dependent);
      }
      w.u(32 - Integer.numberOfLeadingZeros(ctbs - 1), plan.address);
    }
    if (!plan.dependent) {
      writeSlice(w, r);
    }
    if (wavefront || tiles) {
      w.ue(entryPoints.size());
      if (!entryPoints.isEmpty()) {
        w.ue(31);
        for (int size : entryPoints) {
          w.u(32, size - 1L);
        }
      }
    }
    return w.align().toBytes();
  }

  private void writeSlice(BitWriter w, Random r) {
    w.ue(2);
    boolean luma = sao && r.nextInt(4) != 0;
    boolean chroma = sao && chromaFormat != 0 && r.nextInt(4) != 0;
    if (sao) {
      w.flag(luma);
      if (chromaFormat != 0) {
        w.flag(chroma);
      }
    }
    int qp = Math.max(-6 * (bitDepthLuma - 8), Math.min(51, baseQp + r.nextInt(9) - 4));
    w.se(qp - 26);
    if (sliceChromaOffsets) {
      w.se(r.nextInt(13) - 6).se(r.nextInt(13) - 6);
    }
    if (chromaOffsetList) {
      w.flag(r.nextInt(4) != 0);
    }
    boolean disabled = deblockingDisabled;
    if (deblockingControl) {
      boolean override = r.nextBoolean();
      w.flag(override);
      if (override) {
        disabled = r.nextInt(4) == 0;
        w.flag(disabled);
        if (!disabled) {
          w.se(r.nextInt(13) - 6).se(r.nextInt(13) - 6);
        }
      }
    }
    if (loopFilterAcrossSlices && (luma || chroma || !disabled)) {
      w.flag(r.nextBoolean());
    }
  }
}
