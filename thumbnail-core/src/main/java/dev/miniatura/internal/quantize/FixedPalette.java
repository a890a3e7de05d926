package dev.miniatura.internal.quantize;

import dev.miniatura.internal.raster.Raster;
import java.util.Arrays;

/** Maps pictures to an existing palette, and measures how well it suits them. */
public final class FixedPalette {

  private final int[] colors;
  private final NearestColor nearest;
  private final int[][] components;

  /**
   * Creates the mapping.
   *
   * @param colors 1 to 256 colors as 0xAARRGGBB, 0 first if there is a transparent one
   */
  public FixedPalette(int[] colors) {
    this.colors = colors.clone();
    components = new int[colors.length][Components.COUNT];
    for (int i = 0; i < colors.length; i++) {
      Components.of(colors[i], components[i]);
    }
    nearest = new NearestColor(components);
  }

  /** Returns whether the palette has a color, as 0xAARRGGBB. */
  public boolean has(int argb) {
    return Arrays.stream(colors).anyMatch(color -> color == argb);
  }

  /** Maps a picture, like {@link ColorQuantizer#quantize}. */
  public IndexedImage map(Raster raster, boolean dither) {
    byte[] indices = new PixelMapper(colors, new ArgbRows(raster)).map(dither);
    return new IndexedImage(raster.width(), raster.height(), colors.clone(), indices);
  }

  /**
   * Returns the mean weighted squared difference of pixels to their nearest colors; 0 if the
   * palette has all of them. Transparent pixels do not count.
   */
  public double error(Raster raster) {
    ArgbRows rows = new ArgbRows(raster);
    int[] pixels = new int[rows.width()];
    int[] wanted = new int[Components.COUNT];
    double sum = 0;
    long count = 0;
    int previous = 0;
    long error = 0;
    for (int y = 0; y < rows.height(); y++) {
      rows.read(y, pixels);
      for (int pixel : pixels) {
        if (pixel >>> 24 == 0) {
          continue;
        }
        if (count++ == 0 || pixel != previous) {
          previous = pixel;
          Components.of(pixel, wanted);
          int[] given = components[nearest.find(wanted)];
          error = 0;
          for (int c = 0; c < Components.COUNT; c++) {
            int difference = wanted[c] - given[c];
            error += (long) Components.WEIGHTS[c] * difference * difference;
          }
        }
        sum += error;
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
