package dev.miniatura.internal.quantize;

import dev.miniatura.internal.raster.Raster;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the colors of pictures with few colors, so that a palette is lossless. */
public final class ExactPalette {

  private static final int SLOT_BITS = 10; // at most four slots per color
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int HASH = 0x9e3779b1; // 2³² divided by the golden ratio

  private final int[] colors = new int[SLOTS];
  private final short[] numbers = new short[SLOTS]; // from 1; 0: free slot
  private final int max;
  private int count;

  private ExactPalette(int max) {
    this.max = max;
  }

  /**
   * Returns the picture with exactly its colors, or null if there are more than {@code max}.
   *
   * @param raster gray or RGB
   * @param max at most 256
   */
  public static @Nullable IndexedImage of(Raster raster, int max) {
    return new ExactPalette(max).index(new ArgbRows(raster));
  }

  private @Nullable IndexedImage index(ArgbRows rows) {
    if (!count(rows)) {
      return null;
    }
    int[] palette = palette();
    int width = rows.width();
    int[] pixels = new int[width];
    byte[] indices = new byte[width * rows.height()];
    for (int y = 0, p = 0; y < rows.height(); y++) {
      rows.read(y, pixels);
      int previous = pixels[0];
      byte index = (byte) (numbers[slot(previous)] - 1);
      for (int x = 0; x < width; x++, p++) {
        if (pixels[x] != previous) {
          previous = pixels[x];
          index = (byte) (numbers[slot(previous)] - 1);
        }
        indices[p] = index;
      }
    }
    return new IndexedImage(width, rows.height(), palette, indices);
  }

  /** Gives every color a slot; returns false as soon as there are too many. */
  private boolean count(ArgbRows rows) {
    int[] pixels = new int[rows.width()];
    for (int y = 0; y < rows.height(); y++) {
      rows.read(y, pixels);
      int previous = ~pixels[0];
      for (int pixel : pixels) {
        if (pixel != previous) {
          previous = pixel;
          slot(pixel);
          if (count > max) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private int slot(int color) {
    int slot = (color * HASH) >>> (32 - SLOT_BITS);
    while (numbers[slot] != 0 && colors[slot] != color) {
      slot = (slot + 1) % SLOTS;
    }
    if (numbers[slot] == 0) {
      numbers[slot] = (short) ++count;
      colors[slot] = color;
    }
    return slot;
  }

  /** Numbers the colors by alpha, then color (unsigned order of 0xAARRGGBB), and returns them. */
  private int[] palette() {
    long[] keys = new long[count];
    for (int slot = 0, next = 0; slot < SLOTS; slot++) {
      if (numbers[slot] != 0) {
        keys[next++] = (colors[slot] & 0xffff_ffffL) << SLOT_BITS | slot;
      }
    }
    Arrays.sort(keys);
    int[] palette = new int[count];
    for (int i = 0; i < count; i++) {
      palette[i] = (int) (keys[i] >>> SLOT_BITS);
      numbers[(int) keys[i] & (SLOTS - 1)] = (short) (i + 1);
    }
    return palette;
  }
}
