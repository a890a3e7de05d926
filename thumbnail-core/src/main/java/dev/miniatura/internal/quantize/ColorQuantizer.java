package dev.miniatura.internal.quantize;

import dev.miniatura.internal.raster.Raster;
import java.util.Arrays;

/**
 * Reduces a picture to a palette. A picture with few enough colors keeps them exactly; otherwise
 * colors are counted in small bins, the bins are split into boxes as in Wu, "Efficient statistical
 * computations for optimal color quantization" (Graphics Gems II, 1991), and the boxes' means are
 * refined by k-means (Lloyd). Colors are compared premultiplied by alpha, see {@link NearestColor}.
 *
 * <p>The result depends only on the arguments.
 */
public final class ColorQuantizer {

  private static final int REFINEMENTS = 3;

  private ColorQuantizer() {}

  /**
   * Returns the maximum number of bytes that choosing colors for a picture takes.
   *
   * @param translucent whether pixels can be neither opaque nor fully transparent
   */
  public static long workingBytes(long pixels, boolean translucent) {
    return ColorHistogram.workingBytes(pixels, translucent);
  }

  /**
   * Reduces a raster.
   *
   * @param raster gray or RGB, with or without alpha
   * @param colors the maximum number of colors of the palette, 2 to 256; one of them is for fully
   *     transparent pixels if there are any
   * @param dither whether to diffuse the error of each pixel to its neighbors
   */
  public static IndexedImage quantize(Raster raster, int colors, boolean dither) {
    if (colors < 2 || colors > 256) {
      throw new IllegalArgumentException("a palette has 2 to 256 colors, not " + colors);
    }
    IndexedImage exact = ExactPalette.of(raster, colors);
    if (exact != null) {
      return exact;
    }
    ArgbRows rows = new ArgbRows(raster);
    ColorHistogram histogram = new ColorHistogram(rows);
    int[][] means = ColorBoxes.split(histogram, histogram.hasTransparent() ? colors - 1 : colors);
    for (int i = 0; i < REFINEMENTS; i++) {
      means = refine(means, histogram);
    }
    int[] palette = palette(means, histogram.hasTransparent());
    byte[] indices = new PixelMapper(palette, rows).map(dither);
    return new IndexedImage(raster.width(), raster.height(), palette, indices);
  }

  /** Moves every color to the mean of the bins that are nearest to it. */
  private static int[][] refine(int[][] means, ColorHistogram histogram) {
    NearestColor nearest = new NearestColor(means);
    long[][] sums = new long[means.length][Components.COUNT];
    long[] counts = new long[means.length];
    int[] color = new int[Components.COUNT];
    for (int bin = 0; bin < histogram.size(); bin++) {
      histogram.mean(bin, color);
      int index = nearest.find(color);
      counts[index] += histogram.count(bin);
      for (int c = 0; c < Components.COUNT; c++) {
        sums[index][c] += (long) color[c] * histogram.count(bin);
      }
    }
    int[][] refined = new int[means.length][];
    for (int i = 0; i < means.length; i++) {
      refined[i] = means[i].clone();
      for (int c = 0; c < Components.COUNT && counts[i] > 0; c++) {
        refined[i][c] = (int) ((sums[i][c] + counts[i] / 2) / counts[i]);
      }
    }
    return refined;
  }

  /**
   * Rounds to 8 bits with straight alpha, sorts as {@link IndexedImage} requires, and drops
   * duplicates.
   */
  private static int[] palette(int[][] means, boolean transparent) {
    long[] colors = new long[means.length + (transparent ? 1 : 0)]; // the last stays 0, transparent
    for (int i = 0; i < means.length; i++) {
      colors[i] = Components.toArgb(means[i]) & 0xffff_ffffL;
    }
    return Arrays.stream(colors).sorted().distinct().mapToInt(color -> (int) color).toArray();
  }
}
