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
  private final short[] numbers = new short[SLOTS]; // from 1 in order of appearance; 0: free slot
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
    int width = rows.width();
    int[] pixels = new int[width];
    byte[] indices = new byte[width * rows.height()];
    int previous = 0;
    int slot = -1;
    for (int y = 0, p = 0; y < rows.height(); y++) {
      rows.read(y, pixels);
      for (int x = 0; x < width; x++, p++) {
        if (slot < 0 || pixels[x] != previous) {
          previous = pixels[x];
          slot = slot(previous);
          if (count > max) {
            return null;
          }
        }
        indices[p] = (byte) (numbers[slot] - 1);
      }
    }
    return sorted(width, rows.height(), indices);
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

  /** Renumbers by alpha, then color: unsigned order of 0xAARRGGBB. */
  private IndexedImage sorted(int width, int height, byte[] indices) {
    long[] keys = new long[count];
    for (int slot = 0; slot < SLOTS; slot++) {
      if (numbers[slot] != 0) {
        int number = numbers[slot] - 1;
        keys[number] = (colors[slot] & 0xffff_ffffL) << 8 | number;
      }
    }
    Arrays.sort(keys);
    int[] palette = new int[count];
    byte[] renumbered = new byte[count];
    for (int i = 0; i < count; i++) {
      palette[i] = (int) (keys[i] >>> 8);
      renumbered[(int) keys[i] & 0xff] = (byte) i;
    }
    for (int p = 0; p < indices.length; p++) {
      indices[p] = renumbered[indices[p] & 0xff];
    }
    return new IndexedImage(width, height, palette, indices);
  }
}
