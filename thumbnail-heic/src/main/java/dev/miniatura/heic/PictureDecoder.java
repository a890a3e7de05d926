package dev.miniatura.heic;

import dev.miniatura.LimitExceededException;
import dev.miniatura.MalformedImageException;
import java.io.IOException;

/** Decodes pictures of one pair of parameter sets: slices in, filtered rows out. */
final class PictureDecoder {

  /** Luma rows of a band whose output waits for the filters of the next band. */
  private static final int LAG = 8;

  private final Picture picture;
  private final SequenceParameters sps;
  private final PictureParameters pps;
  private final PictureFormat format;
  private final boolean deblocking;
  private final boolean sao;
  private final SliceDecoder slices;
  private final Deblocking deblockingFilter;
  private final SampleAdaptiveOffset saoFilter;
  private final short[][] filtered = new short[3][];
  private PictureRows rows = NO_ROWS;
  private int done; // luma rows put out
  private long offset; // of the NAL unit that is decoded

  PictureDecoder(
      SliceHeader slice, CabacReader cabac, boolean deblocking, boolean sao, long maxBytes)
      throws MalformedImageException, LimitExceededException {
    sps = slice.sps;
    pps = slice.pps;
    this.deblocking = deblocking;
    this.sao = sao && sps.saoEnabled;
    format = PictureFormat.of(sps);
    picture = new Picture(sps, pps, maxBytes);
    slices = new SliceDecoder(picture, cabac, deblocking);
    deblockingFilter = new Deblocking(picture);
    saoFilter = new SampleAdaptiveOffset(picture);
    for (int c = 0; c < picture.components; c++) {
      filtered[c] = new short[this.sao ? picture.planes[c].length : 0];
    }
  }

  boolean isFor(SliceHeader slice) {
    return slice.sps == sps && slice.pps == pps;
  }

  boolean hasFilters(boolean deblock, boolean offsets) {
    return deblocking == deblock && sao == (offsets && sps.saoEnabled);
  }

  void start(PictureRows receiver) throws IOException {
    rows = receiver;
    done = 0;
    picture.start();
    slices.start();
    receiver.start(format);
  }

  void decode(NalUnit unit, SliceHeader slice) throws IOException {
    offset = unit.offset();
    slices.decode(unit, slice, this::bandDecoded);
  }

  /** Ends the picture; every row has been put out. */
  void finish() throws MalformedImageException {
    if (!slices.isComplete()) {
      throw new MalformedImageException("HEIC", offset, "the picture's last slices are missing");
    }
  }

  private void bandDecoded() throws IOException {
    picture.keepAbove();
    if (deblocking) {
      deblockingFilter.filterBand();
    }
    int bottom = (picture.bandTop + picture.bandRows) << sps.log2Ctb;
    if (bottom >= sps.height) {
      bottom = sps.height;
    } else if (deblocking || sao) {
      bottom -= LAG;
    }
    for (int c = 0; c < picture.components; c++) {
      putOut(c, done >> picture.shiftY[c], bottom >> picture.shiftY[c]);
    }
    done = bottom;
    picture.advance();
  }

  private void putOut(int c, int top, int bottom) throws IOException {
    int cropX = sps.cropLeft >> picture.shiftX[c];
    int cropY = sps.cropTop >> picture.shiftY[c];
    int first = Math.max(top, cropY);
    int end = Math.min(bottom, cropY + format.height(c));
    if (first >= end) {
      return;
    }
    int stride = picture.strides[c];
    if (sao) {
      saoFilter.filter(c, first, end, filtered[c]);
      rows.rows(c, first - cropY, end - first, filtered[c], cropX, stride);
    } else {
      int from = picture.index(c, cropX, first);
      rows.rows(c, first - cropY, end - first, picture.planes[c], from, stride);
    }
  }

  private static final PictureRows NO_ROWS =
      new PictureRows() {
        @Override
        public void start(PictureFormat format) {}

        @Override
        public void rows(int c, int y, int count, short[] samples, int offset, int stride) {}
      };
}
