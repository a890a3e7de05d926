package dev.miniatura.internal.av1;

/** Loop restoration of a whole frame, by stripes of 64 luma rows (clause 7.17). */
final class LoopRestoration {

  static final int BORDER = 3;

  private final FrameHeader header;
  private final RestorationUnits units;
  private final Plane[] deblocked;
  private final Plane[] deringed;
  private final Plane[] target;
  private final WienerFilter wiener;
  private final SelfGuidedFilter selfGuided;
  private final int[] source; // a piece of a stripe and its border
  private static final int PIECE = 64;
  static final int STRIDE = PIECE + 2 * BORDER;

  LoopRestoration(
      FrameHeader header,
      RestorationUnits units,
      Plane[] deblocked,
      Plane[] deringed,
      Plane[] target) {
    this.header = header;
    this.units = units;
    this.deblocked = deblocked;
    this.deringed = deringed;
    this.target = target;
    int bitDepth = header.sequence.bitDepth;
    wiener = new WienerFilter(bitDepth);
    selfGuided = new SelfGuidedFilter(bitDepth);
    source = new int[STRIDE * STRIDE];
  }

  /** Restores one plane. */
  void filter(int plane) {
    System.arraycopy(
        deringed[plane].samples, 0, target[plane].samples, 0, deringed[plane].samples.length);
    if (header.restorationType[plane] == FrameHeader.RESTORE_NONE) {
      return;
    }
    int subY = plane > 0 ? header.sequence.subsamplingY : 0;
    int width = header.upscaledPlaneWidth(plane);
    int height = header.planeHeight(plane);
    int size = header.restorationSize[plane];
    int columns = units.columns[plane];
    for (int stripe = 0; ; stripe++) {
      int start = (-8 + stripe * 64) >> subY;
      int end = start + (64 >> subY); // exclusive
      int top = Math.max(0, start);
      if (top >= height) {
        break;
      }
      int bottom = Math.min(end, height);
      int unitRow = Math.min(units.rows[plane] - 1, (top + (8 >> subY)) / size);
      for (int x = 0; x < width; ) {
        int unitCol = Math.min(columns - 1, x / size);
        int unitEnd = unitCol == columns - 1 ? width : (unitCol + 1) * size;
        int right = Math.min(unitEnd, x + PIECE);
        int unit = RestorationUnits.UNIT * (unitRow * columns + unitCol);
        filterPiece(plane, unit, x, top, right - x, bottom - top, start, end - 1);
        x = right;
      }
    }
  }

  private void filterPiece(
      int plane, int unit, int x, int y, int width, int height, int start, int end) {
    byte[] parameters = units.units[plane];
    int type = parameters[unit];
    if (type == FrameHeader.RESTORE_NONE) {
      return;
    }
    gather(plane, x, y, width, height, start, end);
    if (type == FrameHeader.RESTORE_WIENER) {
      wiener.filter(source, parameters, unit + 1, target[plane], x, y, width, height);
    } else {
      selfGuided.filter(source, parameters, unit + 1, target[plane], x, y, width, height);
    }
  }

  /** Gathers the samples of get_source_sample( ) for a piece and its border. */
  private void gather(int plane, int x, int y, int width, int height, int start, int end) {
    int lastX = header.upscaledPlaneWidth(plane) - 1;
    int lastY = header.planeHeight(plane) - 1;
    for (int i = -BORDER; i < height + BORDER; i++) {
      int row = Math.max(0, Math.min(lastY, y + i));
      Plane from = deringed[plane];
      if (row < start) {
        row = Math.max(start - 2, row);
        from = deblocked[plane];
      } else if (row > end) {
        row = Math.min(end + 2, row);
        from = deblocked[plane];
      }
      int in = from.at(0, row);
      int out = (i + BORDER) * STRIDE + BORDER;
      for (int k = -BORDER; k < width + BORDER; k++) {
        source[out + k] = from.samples[in + Math.max(0, Math.min(lastX, x + k))];
      }
    }
  }
}
