package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.ColorKind;

/** Converts pixels, one array of unsigned 8-bit samples per channel. */
interface PixelConversion {

  /** Returns the kind of its results: sRGB as GRAY or RGB. */
  ColorKind target();

  /**
   * Converts every pixel; all arrays have the same length. Where sources have the {@link #target}'s
   * kind, the same arrays can be both.
   */
  void convert(byte[][] source, byte[][] target);
}
