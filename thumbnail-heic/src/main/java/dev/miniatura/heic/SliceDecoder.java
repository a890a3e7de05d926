package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import java.io.IOException;

/** Decodes slice segment data (H.265, 7.3.8.1 to 7.3.8.3) into the picture's band. */
final class SliceDecoder {

  private final Picture picture;
  private final SequenceParameters sps;
  private final PictureParameters pps;
  private final CabacReader cabac;
  private final CodingQuadtree quadtree;
  private final byte[] afterSecondCtb = new byte[CabacReader.STORED]; // TableStateIdxWpp
  private final byte[] afterSegment = new byte[CabacReader.STORED]; // TableStateIdxDs

  // The next CTB in decoding order
  private int ctbX;
  private int ctbY;

  SliceDecoder(Picture picture, CabacReader cabac, boolean deblocking) {
    this.picture = picture;
    this.cabac = cabac;
    sps = picture.sps;
    pps = picture.pps;
    quadtree = new CodingQuadtree(picture, cabac, deblocking);
  }

  /** Moves to the first CTB of a picture. */
  void start() {
    ctbX = 0;
    ctbY = 0;
  }

  /** Returns whether every CTB is decoded. */
  boolean isComplete() {
    return ctbY >= picture.heightInCtbs;
  }

  /** Called when a band is decoded. */
  interface BandEnd {
    void bandDecoded() throws IOException;
  }

  /** Decodes one slice segment; segments must come in decoding order without missing CTBs. */
  void decode(NalUnit unit, SliceHeader slice, BandEnd end) throws IOException {
    if (isComplete() || slice.segmentAddress != ctbY * picture.widthInCtbs + ctbX) {
      throw Malformed.at(unit.offset(), "slices are missing or repeated");
    }
    cabac.start(unit, slice.dataPosition);
    quadtree.startSlice(slice);
    if (slice.dependent) {
      cabac.load(afterSegment);
    } else {
      cabac.initialize(slice.qp);
      quadtree.resetQp();
    }
    boolean fresh = true; // at the start of the segment
    while (true) {
      startCtb(slice, fresh);
      fresh = false;
      int size = sps.log2Ctb;
      picture.slices[picture.ctb(ctbX, ctbY)] = slice;
      quadtree.startCtb(ctbX, ctbY);
      readSao(slice);
      quadtree.decode(ctbX << size, ctbY << size, size, 0);
      boolean last = cabac.endOfSliceSegment();
      int tileLeft = picture.columnBounds[picture.tileColumn(ctbX)];
      if (pps.entropyCodingSync && ctbX == tileLeft + 1) {
        cabac.store(afterSecondCtb);
      }
      boolean substreamEnds = next();
      if (last) {
        cabac.checkEnd();
        cabac.store(afterSegment);
      } else if (isComplete()) {
        throw cabac.malformed("a slice goes beyond the picture");
      } else if (substreamEnds) {
        cabac.endOfSubset();
      }
      if (ctbY >= picture.bandTop + picture.bandRows) {
        end.bandDecoded();
      }
      if (last) {
        return;
      }
    }
  }

  /** Sets up contexts and the predicted QP at the start of tiles and rows (9.3.1, 8.6.1). */
  private void startCtb(SliceHeader slice, boolean fresh) throws MalformedImageException {
    int tileLeft = picture.columnBounds[picture.tileColumn(ctbX)];
    int tileTop = picture.rowBounds[picture.tileRow(ctbY)];
    if (ctbX == tileLeft && ctbY == tileTop) {
      if (!fresh || slice.dependent) {
        cabac.initialize(slice.qp);
        quadtree.resetQp();
      }
    } else if (pps.entropyCodingSync && ctbX == tileLeft) {
      if (picture.available(slice, ctbX, ctbY, ctbX + 1, ctbY - 1)) {
        cabac.load(afterSecondCtb);
      } else {
        cabac.initialize(slice.qp);
      }
      quadtree.resetQp();
    }
  }

  /** Moves to the next CTB in tile scan (6.5.1) and returns whether a substream ends before it. */
  private boolean next() {
    int column = picture.tileColumn(ctbX);
    int row = picture.tileRow(ctbY);
    if (++ctbX < picture.columnBounds[column + 1]) {
      return false;
    }
    ctbX = picture.columnBounds[column];
    if (++ctbY < picture.rowBounds[row + 1]) {
      return pps.entropyCodingSync;
    }
    if (column + 1 < pps.tileColumns) {
      ctbX = picture.columnBounds[column + 1];
      ctbY = picture.rowBounds[row];
    } else {
      ctbX = 0;
    }
    return pps.tiles || pps.entropyCodingSync;
  }

  private void readSao(SliceHeader slice) throws MalformedImageException {
    int ctb = picture.ctb(ctbX, ctbY);
    for (SaoParameters parameters : picture.sao) {
      parameters.type[ctb] = SaoParameters.NONE;
    }
    if (!slice.saoLuma && !slice.saoChroma) {
      return;
    }
    if (picture.available(slice, ctbX, ctbY, ctbX - 1, ctbY)
        && cabac.bin(Contexts.SAO_MERGE) != 0) {
      mergeSao(slice, ctb - 1, ctb);
      return;
    }
    if (picture.available(slice, ctbX, ctbY, ctbX, ctbY - 1)
        && cabac.bin(Contexts.SAO_MERGE) != 0) {
      mergeSao(slice, ctb - picture.widthInCtbs, ctb);
      return;
    }
    for (int c = 0; c < picture.components; c++) {
      if (c == 0 ? slice.saoLuma : slice.saoChroma) {
        readSao(picture.sao[c], c, ctb);
      }
    }
  }

  private void mergeSao(SliceHeader slice, int from, int to) {
    for (int c = 0; c < picture.components; c++) {
      if (c == 0 ? slice.saoLuma : slice.saoChroma) {
        picture.sao[c].copy(from, to);
      }
    }
  }

  private void readSao(SaoParameters sao, int c, int ctb) throws MalformedImageException {
    if (c == 2) { // Cr shares type and edge class with Cb
      sao.type[ctb] = picture.sao[1].type[ctb];
      sao.position[ctb] = picture.sao[1].position[ctb];
    } else {
      sao.type[ctb] =
          cabac.bin(Contexts.SAO_TYPE) == 0
              ? SaoParameters.NONE
              : cabac.bypass() == 0 ? SaoParameters.BAND : SaoParameters.EDGE;
    }
    if (sao.type[ctb] == SaoParameters.NONE) {
      return;
    }
    int max = (1 << (Math.min(sps.bitDepth(c), 10) - 5)) - 1;
    int scale = c == 0 ? pps.log2SaoOffsetScaleLuma : pps.log2SaoOffsetScaleChroma;
    int[] offsets = new int[4];
    for (int i = 0; i < 4; i++) {
      while (offsets[i] < max && cabac.bypass() != 0) {
        offsets[i]++;
      }
    }
    if (sao.type[ctb] == SaoParameters.BAND) {
      for (int i = 0; i < 4; i++) {
        if (offsets[i] != 0 && cabac.bypass() != 0) {
          offsets[i] = -offsets[i];
        }
      }
      sao.position[ctb] = (byte) cabac.bypass(5);
    } else {
      offsets[2] = -offsets[2];
      offsets[3] = -offsets[3];
      if (c != 2) {
        sao.position[ctb] = (byte) cabac.bypass(2);
      }
    }
    for (int i = 0; i < 4; i++) {
      sao.offsets[4 * ctb + i] = (short) (offsets[i] << scale);
    }
  }
}
