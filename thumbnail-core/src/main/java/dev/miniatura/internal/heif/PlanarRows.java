package dev.miniatura.internal.heif;

import dev.miniatura.internal.codec.PictureFormat;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.LumaWeights;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Delivers each component as a plane of its own, cropped to the visible part. */
final class PlanarRows implements ComponentRows {

  private static final int[] IN_ORDER = {0, 1, 2};
  private static final int[] GREEN_BLUE_RED = {1, 2, 0};

  private final RowSink sink;
  private final int[] planes; // of each component
  private final int[] left;
  private final int[] top;
  private final int[] height;

  PlanarRows(RowSink sink, Placement placement, PictureFormat format, boolean rgb) {
    this.sink = sink;
    planes = rgb ? GREEN_BLUE_RED : IN_ORDER;
    left = new int[format.components()];
    top = new int[left.length];
    height = new int[left.length];
    for (int c = 0; c < left.length; c++) {
      left[c] = placement.left() >> (c == 0 ? 0 : format.shiftX());
      top[c] = placement.top() >> (c == 0 ? 0 : format.shiftY());
      height[c] = ceil(placement.codedHeight(), c == 0 ? 0 : format.shiftY());
    }
  }

  private static int ceil(int length, int shift) {
    return (length + (1 << shift) - 1) >> shift;
  }

  /** Returns the layout of such rows. */
  static RasterLayout layout(
      Placement placement,
      PictureFormat format,
      ColorKind color,
      byte @Nullable [] profile,
      LumaWeights weights) {
    int width = placement.codedWidth();
    int height = placement.codedHeight();
    List<Plane> planes = new ArrayList<>();
    for (int c = 0; c < format.components(); c++) {
      int shiftX = c == 0 ? 0 : format.shiftX();
      int shiftY = c == 0 ? 0 : format.shiftY();
      planes.add(
          new Plane(
              ceil(width, shiftX),
              ceil(height, shiftY),
              1,
              width / (double) (1 << shiftX),
              height / (double) (1 << shiftY),
              false));
    }
    return new RasterLayout(width, height, color, false, List.copyOf(planes), profile, weights);
  }

  @Override
  public void row(int component, int y, byte[] samples, int offset) throws IOException {
    int row = y - top[component];
    if (row >= 0 && row < height[component]) {
      sink.row(planes[component], row, samples, offset + left[component]);
    }
  }
}
