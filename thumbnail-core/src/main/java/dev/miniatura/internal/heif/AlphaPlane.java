package dev.miniatura.internal.heif;

import dev.miniatura.internal.codec.PictureArea;
import java.io.IOException;

/**
 * The transparency of a picture, decoded completely before the colors. If its size differs from
 * that of the colors, it is stretched, as in libavif.
 */
final class AlphaPlane {

  private final byte[] samples;
  private final int[] columns; // columns of the plane, for each column of the colors
  private final int[] rows; // index of each row's first sample

  private AlphaPlane(byte[] samples, int[] columns, int[] rows) {
    this.samples = samples;
    this.columns = columns;
    this.rows = rows;
  }

  /** Returns the bytes for decoding and keeping a plane. */
  static long workingBytes(TileDecoding alpha, boolean filters) throws IOException {
    return (long) alpha.width() * alpha.height() + alpha.workingBytes(filters);
  }

  /**
   * Decodes a plane.
   *
   * @param width width of the colors
   * @param height height of the colors
   */
  static AlphaPlane decode(
      TileDecoding alpha, boolean fullRange, boolean filters, int width, int height)
      throws IOException {
    int stride = alpha.width();
    byte[] samples = new byte[Math.multiplyExact(stride, alpha.height())];
    SampleRange range = SampleRange.of(alpha.format(), fullRange, false);
    alpha.decode(
        filters,
        PictureArea.WHOLE,
        range,
        (component, y, row, offset) -> {
          if (component == 0) {
            System.arraycopy(row, offset, samples, y * stride, stride);
          }
        });
    int[] columns = new int[width];
    for (int x = 0; x < width; x++) {
      columns[x] = (int) ((x + 0.5) * stride / width);
    }
    int[] rows = new int[height];
    for (int y = 0; y < height; y++) {
      rows[y] = stride * (int) ((y + 0.5) * alpha.height() / height);
    }
    return new AlphaPlane(samples, columns, rows);
  }

  /** Returns the opacity, 0 to 255, at a position in the colors. */
  int at(int x, int y) {
    return samples[rows[y] + columns[x]] & 0xff;
  }
}
