package dev.miniatura.heic;

/** Sample adaptive offset (H.265, 8.7.3), from the deblocked band to rows of output. */
final class SampleAdaptiveOffset {

  /** hPos of the first neighbor by SaoEoClass; the second is opposite (Table 8-13). */
  private static final byte[] STEP_X = {-1, 0, -1, 1};

  private static final byte[] STEP_Y = {0, -1, -1, -1};

  private final Picture picture;
  private final SequenceParameters sps;

  SampleAdaptiveOffset(Picture picture) {
    this.picture = picture;
    sps = picture.sps;
  }

  /**
   * Filters whole rows of a component.
   *
   * @param top first row, in the component's samples
   * @param bottom after the last row
   * @param to receives the rows, as wide as the component's stride
   */
  void filter(int c, int top, int bottom, short[] to) {
    int stride = picture.strides[c];
    int from = picture.index(c, 0, top);
    System.arraycopy(picture.planes[c], from, to, 0, (bottom - top) * stride);
    int log2Height = sps.log2Ctb - picture.shiftY[c];
    int width = 1 << (sps.log2Ctb - picture.shiftX[c]);
    for (int y = top; y < bottom; ) {
      int ctbY = y >> log2Height;
      int end = Math.min(bottom, (ctbY + 1) << log2Height);
      for (int ctbX = 0; ctbX < picture.widthInCtbs; ctbX++) {
        int left = ctbX * width;
        int right = Math.min(picture.widths[c], left + width);
        filterCtb(c, ctbX, ctbY, left, right, y, end, to, top);
      }
      y = end;
    }
  }

  private void filterCtb(
      int c, int ctbX, int ctbY, int left, int right, int y, int end, short[] to, int top) {
    int ctb = picture.ctb(ctbX, ctbY);
    SaoParameters sao = picture.sao[c];
    SliceHeader slice = picture.slices[ctb];
    if (slice == null || sao.type[ctb] == SaoParameters.NONE) {
      return;
    }
    int stride = picture.strides[c];
    int max = (1 << sps.bitDepth(c)) - 1;
    short[] plane = picture.planes[c];
    for (int row = y; row < end; row++) {
      for (int x = left; x < right; x++) {
        int cell = picture.cell(x << picture.shiftX[c], row << picture.shiftY[c]);
        if (picture.unfiltered[cell]) {
          continue;
        }
        int index = picture.index(c, x, row);
        int value = plane[index] & 0xffff;
        int offset;
        if (sao.type[ctb] == SaoParameters.BAND) {
          int band = ((value >> (sps.bitDepth(c) - 5)) - sao.position[ctb]) & 31;
          offset = band < 4 ? sao.offsets[4 * ctb + band] : 0;
        } else {
          offset = edgeOffset(sao, slice, c, ctb, ctbX, ctbY, x, row, value);
        }
        to[(row - top) * stride + x] = (short) Math.max(0, Math.min(max, value + offset));
      }
    }
  }

  private int edgeOffset(
      SaoParameters sao,
      SliceHeader slice,
      int c,
      int ctb,
      int ctbX,
      int ctbY,
      int x,
      int y,
      int value) {
    int stepX = STEP_X[sao.position[ctb]];
    int stepY = STEP_Y[sao.position[ctb]];
    int sum = 0;
    for (int sign = 1; sign >= -1; sign -= 2) {
      int otherX = x + sign * stepX;
      int otherY = y + sign * stepY;
      if (otherX < 0
          || otherY < 0
          || otherX >= picture.widths[c]
          || otherY >= picture.heights[c]
          || !mayUse(slice, ctbX, ctbY, ctb(c, otherX, true), ctb(c, otherY, false))) {
        return 0;
      }
      int other = picture.planes[c][picture.index(c, otherX, otherY)] & 0xffff;
      sum += Integer.signum(value - other);
    }
    return sum == 0 ? 0 : sao.offsets[4 * ctb + (sum < 0 ? sum + 2 : sum + 1)];
  }

  private int ctb(int c, int position, boolean horizontal) {
    return position >> (sps.log2Ctb - (horizontal ? picture.shiftX[c] : picture.shiftY[c]));
  }

  /** Returns whether SAO may use a sample of another CTB (8.7.3.2). */
  private boolean mayUse(SliceHeader slice, int ctbX, int ctbY, int otherX, int otherY) {
    if (ctbX == otherX && ctbY == otherY) {
      return true;
    }
    SliceHeader other = picture.slice(otherX, otherY);
    if (other == null) {
      return false;
    }
    SliceHeader later = other.order > slice.order ? other : slice;
    return (other.sliceAddress == slice.sliceAddress || later.loopFilterAcross)
        && (picture.pps.loopFilterAcrossTiles || picture.sameTile(ctbX, ctbY, otherX, otherY));
  }
}
