package dev.miniatura.internal.webp;

import dev.miniatura.internal.raster.FrameCanvas.Disposal;
import dev.miniatura.internal.raster.FrameCanvas.Placed;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of a frame to be drawn: the smallest rectangle that contains all differences, at even
 * offsets (RFC 9649, section 2.7.1.1). Pixels are 0xAARRGGBB; transparent ones are 0.
 *
 * @param placed the rectangle, and whether it is blended with the canvas, rather than replacing it
 * @param argb its pixels
 */
@SuppressWarnings("ArrayRecordComponent")
record AnimationPart(Placed placed, int[] argb) {

  /**
   * The side of the blocks that lossy frames draw completely if at least half of the block changes.
   */
  private static final int BLOCK = 8;

  /** Finds parts that turn one picture into another one. */
  static final class Finder {

    private final int width;
    private final int height;
    private final boolean[] kept; // pixels that do not change
    private final int[] target;
    private final int[] wanted;

    /**
     * Compares two pictures of an animation.
     *
     * @param before the previous picture as given
     * @param shown the same as shown by players
     * @param after the next picture as given
     * @param target the same as it should be shown
     */
    Finder(int width, int height, int[] before, int[] shown, int[] after, int[] target) {
      this.width = width;
      this.height = height;
      this.target = target;
      kept = new boolean[target.length];
      wanted = target.clone();
      for (int i = 0; i < wanted.length; i++) {
        kept[i] = after[i] == before[i];
        if (kept[i]) {
          wanted[i] = shown[i]; // it would flicker if drawn again
        }
      }
    }

    /** Returns the rectangle of all pixels that must change. */
    private Placed around(int[] base, boolean blended) {
      int left = width;
      int right = 0;
      int top = height;
      int bottom = 0;
      for (int y = 0, i = 0; y < height; y++) {
        for (int x = 0; x < width; x++, i++) {
          if (base[i] != wanted[i]) {
            left = Math.min(left, x);
            right = Math.max(right, x);
            top = Math.min(top, y);
            bottom = y;
          }
        }
      }
      left = Math.min(left, right) & ~1;
      top = Math.min(top, bottom) & ~1;
      return new Placed(left, top, right + 1 - left, bottom + 1 - top, blended, Disposal.KEEP);
    }

    /** Returns whether blending pixels with others can give the wanted colors. */
    boolean blends(int[] base) {
      for (int i = 0; i < base.length; i++) {
        if (base[i] != wanted[i] && wanted[i] >>> 24 != 255 && base[i] != 0) {
          return false;
        }
      }
      return true;
    }

    /** Returns the exact part to be blended with a picture that {@link #blends}. */
    AnimationPart over(int[] base) {
      return part(around(base, true), i -> base[i] == wanted[i] ? 0 : wanted[i]);
    }

    /** Returns the exact part that replaces the canvas. */
    AnimationPart replacing(int[] base) {
      return part(around(base, false), i -> wanted[i]);
    }

    /** Returns the part of {@link #over} that may be lossy, if there is one. */
    @Nullable AnimationPart lossyOver(int[] base) {
      Placed placed = around(base, true);
      boolean[] busy = busy(placed);
      for (int i = 0; i < base.length; i++) {
        if (base[i] != wanted[i] && kept[i] && !busy[i]) {
          return null;
        }
      }
      return part(
          placed,
          i -> base[i] != wanted[i] || (busy[i] && target[i] >>> 24 == 255) ? target[i] : 0);
    }

    /** Returns the part of {@link #replacing} that may be lossy, if there is one. */
    @Nullable AnimationPart lossyReplacing(int[] base) {
      Placed placed = around(base, false);
      boolean[] busy = busy(placed);
      for (int y = 0; y < placed.height(); y++) {
        for (int x = 0; x < placed.width(); x++) {
          int i = (placed.top() + y) * width + placed.left() + x;
          if (kept[i] && target[i] != 0 && !busy[i]) {
            return null;
          }
        }
      }
      return part(placed, i -> target[i]);
    }

    private interface Pixel {
      int at(int i);
    }

    private AnimationPart part(Placed placed, Pixel pixel) {
      int[] argb = new int[placed.width() * placed.height()];
      for (int y = 0, to = 0; y < placed.height(); y++) {
        int from = (placed.top() + y) * width + placed.left();
        for (int x = 0; x < placed.width(); x++) {
          argb[to++] = pixel.at(from + x);
        }
      }
      return new AnimationPart(placed, argb);
    }

    /** Returns the pixels among others that change. */
    private boolean[] busy(Placed placed) {
      boolean[] busy = new boolean[target.length];
      int right = placed.left() + placed.width();
      int bottom = placed.top() + placed.height();
      for (int top = placed.top(); top < bottom; top += BLOCK) {
        for (int left = placed.left(); left < right; left += BLOCK) {
          int w = Math.min(BLOCK, right - left);
          int h = Math.min(BLOCK, bottom - top);
          int changed = 0;
          for (int y = top; y < top + h; y++) {
            for (int i = y * width + left; i < y * width + left + w; i++) {
              changed += kept[i] ? 0 : 1;
            }
          }
          for (int y = top; 2 * changed >= w * h && y < top + h; y++) {
            Arrays.fill(busy, y * width + left, y * width + left + w, true);
          }
        }
      }
      return busy;
    }
  }
}
