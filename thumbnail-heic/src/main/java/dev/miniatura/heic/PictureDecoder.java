package dev.miniatura.heic;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.codec.PictureFormat;
import dev.miniatura.internal.codec.PictureSink;
import java.io.IOException;

/** Decodes pictures with one pair of parameter sets: slices in, filtered rows out. */
final class PictureDecoder {

  /** The number of luma rows of a band whose output waits for the filters of the next band. */
  private static final int LAG = 8;

  private static final int BYTES_PER_CELL = 4; // edges, QP, filter flags; and of the quadtree
  private static final int BYTES_PER_CTB = 64; // slice, SAO parameters
  private static final int TABLE_BYTES = 256 << 10;

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
  private PictureSink rows = NO_ROWS;
  private int done; // number of delivered luma rows
  private long offset; // of the current NAL unit

  PictureDecoder(
      SliceHeader slice, CabacReader cabac, boolean deblocking, boolean sao, long maxBytes)
      throws MalformedImageException, LimitExceededException {
    sps = slice.sps;
    pps = slice.pps;
    this.deblocking = deblocking;
    this.sao = sao && sps.saoEnabled;
    format = sps.format();
    long needed = workingBytes(sps, pps, this.sao);
    if (needed > maxBytes) {
      throw new LimitExceededException(Limits.Kind.WORKING_BYTES, maxBytes, needed);
    }
    picture = new Picture(sps, pps);
    slices = new SliceDecoder(picture, cabac, deblocking);
    deblockingFilter = new Deblocking(picture);
    saoFilter = new SampleAdaptiveOffset(picture);
    for (int c = 0; c < picture.components; c++) {
      filtered[c] = new short[this.sao ? picture.planes[c].length : 0];
    }
  }

  /**
   * Returns the bytes held while a picture is decoded, in addition to its NAL units.
   *
   * @param sao whether sample adaptive offset is applied, for which rows are held twice
   */
  static long workingBytes(SequenceParameters sps, PictureParameters pps, boolean sao)
      throws MalformedImageException {
    long rows = Picture.maxBandRows(sps, pps);
    long widthInCtbs = sps.widthInCtbs();
    long samples = 0;
    for (int c = 0; c < (sps.chromaFormat == 0 ? 1 : 3); c++) {
      long stride = widthInCtbs << (sps.log2Ctb - (c == 0 ? 0 : sps.chromaShiftX()));
      long height = rows << (sps.log2Ctb - (c == 0 ? 0 : sps.chromaShiftY()));
      samples += stride * ((height + Picture.KEPT_ROWS) * (sao ? 2 : 1) + 1);
    }
    int log2Cells = sps.log2Ctb - 3;
    long cells = ((rows << log2Cells) + 1) * (widthInCtbs << log2Cells);
    long ctbs = (rows + 1) * widthInCtbs;
    return 2 * samples + BYTES_PER_CELL * cells + BYTES_PER_CTB * ctbs + TABLE_BYTES;
  }

  boolean isFor(SliceHeader slice) {
    return slice.sps == sps && slice.pps == pps;
  }

  boolean hasFilters(boolean deblock, boolean offsets) {
    return deblocking == deblock && sao == (offsets && sps.saoEnabled);
  }

  void start(PictureSink receiver) throws IOException {
    rows = receiver;
    done = 0;
    picture.start();
    slices.start();
    receiver.begin(format);
  }

  void decode(NalUnit unit, SliceHeader slice) throws IOException {
    offset = unit.offset();
    slices.decode(unit, slice, this::bandDecoded);
  }

  /** Ends the picture, after checking that every row has been delivered. */
  void finish() throws MalformedImageException {
    if (!slices.isComplete()) {
      throw Malformed.at(offset, "the picture's last slices are missing");
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

  private static final PictureSink NO_ROWS =
      new PictureSink() {
        @Override
        public void begin(PictureFormat format) {}

        @Override
        public void rows(int c, int y, int count, short[] samples, int offset, int stride) {}
      };
}
