package dev.miniatura.internal.quantize;

import java.util.Arrays;

/**
 * Assigns every pixel an index in a palette, either of the nearest color or with the error diffused
 * as in Floyd and Steinberg (1976): 7/16 to the next pixel, 3/16, 5/16 and 1/16 to those below,
 * with rows in alternating directions.
 */
final class PixelMapper {

  /**
   * The maximum error that is diffused; otherwise saturated areas would bleed far into their
   * surroundings.
   */
  private static final int MAX_ERROR = 48 << Components.FRACTION_BITS;

  private final int[][] palette;
  private final NearestColor nearest;
  private final ArgbRows rows;
  private final int transparentIndex;

  PixelMapper(int[] argbPalette, ArgbRows rows) {
    palette = new int[argbPalette.length][Components.COUNT];
    for (int i = 0; i < palette.length; i++) {
      Components.of(argbPalette[i], palette[i]);
    }
    nearest = new NearestColor(palette);
    transparentIndex = argbPalette[0] == 0 ? 0 : -1;
    this.rows = rows;
  }

  byte[] map(boolean dither) {
    int width = rows.width();
    byte[] indices = new byte[width * rows.height()];
    int[] pixels = new int[width];
    // Errors for each pixel of this row and the next, with one more at both ends
    int[] here = new int[(width + 2) * Components.COUNT];
    int[] below = new int[here.length];
    int[] color = new int[Components.COUNT];
    for (int y = 0; y < rows.height(); y++) {
      rows.read(y, pixels);
      int step = y % 2 == 0 ? 1 : -1;
      int x = step > 0 ? 0 : width - 1;
      for (int i = 0; i < width; i++, x += step) {
        int pixel = pixels[x];
        int index;
        if (pixel >>> 24 == 0 && transparentIndex >= 0) {
          index = transparentIndex;
        } else {
          Components.of(pixel, color);
          if (dither) {
            addError(color, here, (x + 1) * Components.COUNT);
          }
          index = nearest.find(color);
          if (dither) {
            diffuse(color, palette[index], here, below, (x + 1) * Components.COUNT, step);
          }
        }
        indices[y * width + x] = (byte) index;
      }
      int[] done = here;
      here = below;
      below = done;
      Arrays.fill(below, 0);
    }
    return indices;
  }

  /**
   * Adds errors to a color. Opaque pixels take no alpha error, and no color may exceed its alpha.
   */
  private static void addError(int[] color, int[] errors, int at) {
    int alpha = color[Components.ALPHA];
    if (alpha < Components.MAX) {
      alpha = clamp(alpha + error(errors[at + Components.ALPHA]), 0, Components.MAX);
      color[Components.ALPHA] = alpha;
    }
    for (int c = 0; c < Components.ALPHA; c++) {
      color[c] = clamp(color[c] + error(errors[at + c]), 0, alpha);
    }
  }

  /** Converts an error from sixteenths, rounded and clamped. */
  private static int error(int sixteenths) {
    return clamp((sixteenths + 8) >> 4, -MAX_ERROR, MAX_ERROR);
  }

  private static void diffuse(
      int[] wanted, int[] given, int[] here, int[] below, int at, int step) {
    int next = at + step * Components.COUNT;
    int previous = at - step * Components.COUNT;
    for (int c = 0; c < Components.COUNT; c++) {
      int error = wanted[c] - given[c];
      here[next + c] += 7 * error;
      below[previous + c] += 3 * error;
      below[at + c] += 5 * error;
      below[next + c] += error;
    }
  }

  private static int clamp(int value, int min, int max) {
    return Math.max(min, Math.min(value, max));
  }
}
