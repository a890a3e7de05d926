package dev.miniatura.internal.engine;

import dev.miniatura.internal.color.YCbCr;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Turns the separate planes of a JPEG into interleaved RGB rows of luma's resolution, for
 * resampling in linear light, which YCbCr does not allow. Each chroma sample covers its luma
 * samples evenly. Rows wait until those of all three planes are available: a decoder sends planes
 * in step, so at most one MCU row waits.
 */
final class RgbRows implements RowSink {

  /** Rows of all planes, of superblocks of AV1, the largest blocks. */
  private static final int WAITING_ROWS = 3 * 128;

  private final RowSink sink;
  private final List<Deque<byte[]>> waiting =
      List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
  private final int[] first = new int[3]; // row number of the head of each queue
  private List<Plane> planes = List.of();
  private int[] atCb = {}; // for each luma column, the column of the sample that covers it
  private int[] atCr = {};
  private byte[] rgb = {};
  private YCbCr coding = YCbCr.JFIF;

  RgbRows(RowSink sink) {
    this.sink = sink;
  }

  @Override
  public void begin(RasterLayout layout) throws IOException {
    planes = layout.planes();
    coding = YCbCr.of(layout.weights());
    rgb = new byte[planes.get(0).width() * 3];
    atCb = nearest(planes.get(1));
    atCr = nearest(planes.get(2));
    sink.begin(layout(layout));
  }

  /** Returns the maximum number of bytes held, if planes come in step. */
  static long workingBytes(RasterLayout planar) {
    long width = planar.planes().get(0).width();
    return width * (WAITING_ROWS + 3 + 2 * Integer.BYTES);
  }

  /** Returns the layout into which separate planes are turned. */
  static RasterLayout layout(RasterLayout planar) {
    Plane luma = planar.planes().get(0);
    Plane interleaved =
        new Plane(luma.width(), luma.height(), 3, luma.extentX(), luma.extentY(), false);
    return new RasterLayout(
        planar.width(),
        planar.height(),
        ColorKind.RGB,
        false,
        List.of(interleaved),
        planar.iccProfile());
  }

  @Override
  public void row(int plane, int y, byte[] samples, int offset) throws IOException {
    waiting.get(plane).add(Arrays.copyOfRange(samples, offset, offset + planes.get(plane).width()));
    byte[] luma = waiting.get(0).peek();
    while (luma != null && isThere(1) && isThere(2)) {
      byte[] cb = waiting.get(1).element();
      byte[] cr = waiting.get(2).element();
      coding.toRgbRow(luma, cb, atCb, cr, atCr, rgb);
      sink.row(0, first[0], rgb, 0);
      waiting.get(0).remove();
      first[0]++;
      luma = waiting.get(0).peek();
    }
  }

  /**
   * Drops rows of a chroma plane above the next luma row, and returns whether the matching one is
   * available.
   */
  private boolean isThere(int plane) {
    int wanted = (int) ((first[0] + 0.5) * planes.get(plane).extentY() / planes.get(0).extentY());
    Deque<byte[]> rows = waiting.get(plane);
    while (!rows.isEmpty() && first[plane] < Math.min(wanted, planes.get(plane).height() - 1)) {
      rows.remove();
      first[plane]++;
    }
    return !rows.isEmpty();
  }

  private int[] nearest(Plane chroma) {
    Plane luma = planes.get(0);
    double step = chroma.extentX() / luma.extentX();
    int[] at = new int[luma.width()];
    for (int x = 0; x < at.length; x++) {
      at[x] = Math.min(chroma.width() - 1, (int) ((x + 0.5) * step));
    }
    return at;
  }
}
