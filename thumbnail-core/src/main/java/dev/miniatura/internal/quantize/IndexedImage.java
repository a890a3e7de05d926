package dev.miniatura.internal.quantize;

/**
 * A picture whose pixels are indices into a palette.
 *
 * @param width width in pixels
 * @param height height in pixels
 * @param palette 1 to 256 colors as 0xAARRGGBB, with straight alpha; those that are not opaque come
 *     first
 * @param indices one unsigned index per pixel, row by row
 */
@SuppressWarnings("ArrayRecordComponent")
public record IndexedImage(int width, int height, int[] palette, byte[] indices) {

  /** Returns how many colors of the palette, from its start, are not opaque. */
  public int translucentColors() {
    int count = 0;
    while (count < palette.length && palette[count] >>> 24 < 255) {
      count++;
    }
    return count;
  }
}
