package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.Arrays;

/** The samples of one component in one MCU row, on their way to the sink. */
final class PlaneBand {

  private static final byte MIDDLE = (byte) 128;

  final ComponentPlan planned;
  final byte[] samples;
  final int stride;
  final int blocksX;
  final int idctSize;
  private final Plane plane;

  /**
   * Creates a band.
   *
   * @param blocksX blocks per row
   * @param blocksY block rows
   */
  PlaneBand(ComponentPlan planned, FrameHeader frame, int blocksX, int blocksY) {
    this.planned = planned;
    this.plane = planned.plane(frame);
    this.idctSize = planned.idctSize();
    this.blocksX = blocksX;
    this.stride = blocksX * idctSize;
    this.samples = new byte[stride * blocksY * idctSize];
  }

  /** Returns the bytes that a band takes. */
  static long bytes(int idctSize, int blocksX, int blocksY) {
    return (long) blocksX * blocksY * idctSize * idctSize;
  }

  /** Returns the index of a block's first sample. */
  int at(int blockX, int blockY) {
    return (blockY * stride + blockX) * idctSize;
  }

  /** Makes one block mid-gray, as with zero coefficients. */
  void blank(int blockX, int blockY) {
    int at = at(blockX, blockY);
    for (int y = 0; y < idctSize; y++) {
      Arrays.fill(samples, at, at + idctSize, MIDDLE);
      at += stride;
    }
  }

  /** Makes one row of blocks mid-gray. */
  void blankRow(int blockY) {
    int at = at(0, blockY);
    Arrays.fill(samples, at, at + stride * idctSize, MIDDLE);
  }

  /** Makes all blocks mid-gray. */
  void blank() {
    Arrays.fill(samples, MIDDLE);
  }

  /** Delivers the band's rows that belong to the plane. */
  void emit(int row, RowSink sink) throws IOException {
    int rows = samples.length / stride;
    int first = row * rows;
    int count = Math.min(rows, plane.height() - first);
    for (int y = 0; y < count && planned.delivered(); y++) {
      int at = y * stride;
      if (planned.inverted()) {
        for (int i = at; i < at + plane.width(); i++) {
          samples[i] = (byte) ~samples[i];
        }
      }
      sink.row(planned.index(), first + y, samples, at);
    }
  }
}
