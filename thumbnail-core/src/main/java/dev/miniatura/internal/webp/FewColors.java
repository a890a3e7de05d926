package dev.miniatura.internal.webp;

import dev.miniatura.internal.quantize.ColorQuantizer;
import dev.miniatura.internal.quantize.FixedPalette;
import dev.miniatura.internal.quantize.IndexedImage;
import dev.miniatura.internal.raster.Raster;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reduces drawings to the smallest palette with which they look better than lossily coded; not at
 * all, if 256 colors are too few. Without dithering, equal colors stay equal. Pictures of an
 * animation share a palette as long as it suits them.
 */
final class FewColors {

  private static final int MAX_COLORS = 256;
  private static final int MIN_COLORS = 16; // so many have two indices per pixel (section 3.5.4)

  /** The mean squared error is at least this many times smaller than that of lossy coding: 6 dB. */
  private static final double BETTER = 4;

  /** A mean squared error that nobody sees: 46 dB. */
  private static final double INVISIBLE = 1.6;

  /** Pixels whose neighbors all differ by no more, in levels, are in a smooth area. */
  private static final int SMOOTH = 3;

  /** The same for translucent pixels: soft shadows are steeper. */
  private static final int SMOOTH_ALPHA = 12;

  /** The largest error in smooth areas, in levels, where steps would be seen as bands. */
  private static final int MAX_SMOOTH_ERROR = 3;

  /** The largest error of alpha, in levels. */
  private static final int MAX_ALPHA_ERROR = 20;

  /** The largest mean squared error of a block: something small must not have a wrong color. */
  private static final long MAX_BLOCK_ERROR = 100;

  private static final int BLOCK = 8;

  /** One of so many pixels may have a larger one in a smooth area. */
  private static final int EXCEPTIONS = 200;

  /** The error may become so many times larger before an animation has another palette. */
  private static final double TOLERANCE = 2;

  /**
   * With more pixels that differ from their neighbors, and more than a third of all, no palette is
   * tried: 256 colors would rarely be enough, and counting them takes memory.
   */
  private static final int MAX_FRESH = 1 << 14;

  private @Nullable FixedPalette palette;
  private double maxError;

  /** Returns whether at least half of the pixels equal the one to the left or the one above. */
  static boolean isDrawing(int[] argb, int width) {
    return 2 * fresh(argb, width) <= argb.length;
  }

  /** Returns the number of pixels that differ from the one to the left and the one above. */
  private static int fresh(int[] argb, int width) {
    int fresh = 0;
    for (int i = 0; i < argb.length; i++) {
      boolean left = i % width != 0 && argb[i] == argb[i - 1];
      fresh += left || (i >= width && argb[i] == argb[i - width]) ? 0 : 1;
    }
    return fresh;
  }

  /**
   * Returns the pixels of a drawing in few colors, or the given pixels.
   *
   * @param raster gray or RGB
   * @param argb the same
   * @param lossyError the {@link #error} of lossy coding, which is not always needed
   */
  int[] of(Raster raster, int[] argb, DoubleSupplier lossyError) {
    int width = raster.width();
    if (fresh(argb, width) > Math.max(MAX_FRESH, argb.length / 3)) {
      return argb;
    }
    if (palette != null) {
      int[] few = pixels(palette.map(raster, false));
      if (suffices(argb, few, width, TOLERANCE * maxError)) {
        return few;
      }
    }
    palette = null;
    maxError = Math.max(INVISIBLE, lossyError.getAsDouble() / BETTER);
    int[] best = argb;
    for (int colors = MAX_COLORS; colors >= MIN_COLORS; ) {
      IndexedImage indexed = ColorQuantizer.quantize(raster, colors, false);
      int[] few = pixels(indexed);
      if (!suffices(argb, few, width, maxError)) {
        break;
      }
      best = Arrays.equals(few, argb) ? argb : few;
      palette = new FixedPalette(indexed.palette());
      colors = Integer.highestOneBit(indexed.palette().length - 1);
    }
    return best;
  }

  private static int[] pixels(IndexedImage indexed) {
    byte[] indices = indexed.indices();
    int[] argb = new int[indices.length];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = indexed.palette()[indices[i] & 0xff];
    }
    return argb;
  }

  private static boolean suffices(int[] argb, int[] few, int width, double maxError) {
    int columns = (width + BLOCK - 1) / BLOCK;
    int rows = (argb.length / width + BLOCK - 1) / BLOCK;
    long[] blocks = new long[columns * rows];
    int coarse = 0;
    for (int i = 0; i < argb.length; i++) {
      if (argb[i] != few[i]) {
        if (Math.abs((argb[i] >>> 24) - (few[i] >>> 24)) > MAX_ALPHA_ERROR) {
          return false;
        }
        boolean far = difference(argb[i], few[i]) > MAX_SMOOTH_ERROR;
        coarse += far && isSmooth(argb, width, i) ? 1 : 0;
        int block = i / width / BLOCK * columns + i % width / BLOCK;
        blocks[block] += squares(argb[i], few[i]);
        if (blocks[block] > MAX_BLOCK_ERROR * BLOCK * BLOCK * 4) {
          return false;
        }
      }
    }
    return coarse <= argb.length / EXCEPTIONS && error(argb, few) <= maxError;
  }

  private static boolean isSmooth(int[] argb, int width, int i) {
    int x = i % width;
    int alpha = argb[i] >>> 24;
    int most = alpha > 0 && alpha < 255 ? SMOOTH_ALPHA : SMOOTH;
    return (x == 0 || difference(argb[i], argb[i - 1]) <= most)
        && (x == width - 1 || difference(argb[i], argb[i + 1]) <= most)
        && (i < width || difference(argb[i], argb[i - width]) <= most)
        && (i >= argb.length - width || difference(argb[i], argb[i + width]) <= most);
  }

  /** Returns the largest difference of two colors in alpha and premultiplied components. */
  private static int difference(int one, int other) {
    int largest = Math.abs((one >>> 24) - (other >>> 24));
    for (int shift = 0; shift < 24; shift += 8) {
      largest = Math.max(largest, Math.abs(component(one, shift) - component(other, shift)));
    }
    return largest;
  }

  private static int component(int argb, int shift) {
    return (argb >>> 24) * (argb >> shift & 0xff) / 255;
  }

  /** Returns the mean squared difference of pixels, over alpha and premultiplied components. */
  static double error(int[] argb, int[] others) {
    long sum = 0;
    for (int i = 0; i < argb.length; i++) {
      sum += argb[i] == others[i] ? 0 : squares(argb[i], others[i]);
    }
    return sum / 4.0 / argb.length;
  }

  private static int squares(int one, int other) {
    int alpha = (one >>> 24) - (other >>> 24);
    int sum = alpha * alpha;
    for (int shift = 0; shift < 24; shift += 8) {
      int difference = component(one, shift) - component(other, shift);
      sum += difference * difference;
    }
    return sum;
  }
}
