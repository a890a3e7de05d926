package dev.miniatura.internal.heif;

import dev.miniatura.internal.codec.PictureFormat;

/**
 * Converts samples of any depth and range to 8 bits of full range (ITU-T H.273, clause 8.3: black
 * and white are 16 and 235 of 8 bits, chroma ranges from 16 to 240 around 128, each times a power
 * of two).
 */
final class SampleRange {

  private final byte[] luma;
  private final byte[] chroma;

  private final boolean asTheyAre;

  private SampleRange(byte[] luma, byte[] chroma, boolean asTheyAre) {
    this.luma = luma;
    this.chroma = chroma;
    this.asTheyAre = asTheyAre;
  }

  /**
   * Returns the range of a picture.
   *
   * @param fullRange whether samples use all values
   * @param rgb whether the components are green, blue and red
   */
  static SampleRange of(PictureFormat format, boolean fullRange, boolean rgb) {
    byte[] luma = levels(format.bitDepthLuma(), fullRange);
    int depth = format.components() == 1 ? format.bitDepthLuma() : format.bitDepthChroma();
    byte[] chroma = rgb ? levels(depth, fullRange) : differences(depth, fullRange);
    boolean asTheyAre = fullRange && format.bitDepthLuma() == 8 && depth == 8;
    return new SampleRange(luma, chroma, asTheyAre);
  }

  /** Returns the bytes that the tables take. */
  static long bytes(PictureFormat format) {
    return (1L << format.bitDepthLuma()) + (1L << format.bitDepthChroma());
  }

  private static byte[] levels(int depth, boolean fullRange) {
    byte[] table = new byte[1 << depth];
    double black = fullRange ? 0 : 16 << (depth - 8);
    double range = fullRange ? table.length - 1 : 219 << (depth - 8);
    for (int i = 0; i < table.length; i++) {
      table[i] = clip((i - black) / range * 255);
    }
    return table;
  }

  private static byte[] differences(int depth, boolean fullRange) {
    byte[] table = new byte[1 << depth];
    double zero = 128 << (depth - 8);
    double range = fullRange ? table.length - 1 : 224 << (depth - 8);
    for (int i = 0; i < table.length; i++) {
      table[i] = clip((i - zero) / range * 255 + 128);
    }
    return table;
  }

  private static byte clip(double level) {
    return (byte) Math.max(0, Math.min(255, Math.round(level)));
  }

  /** Converts samples of a component. */
  void convert(int component, short[] from, int at, int count, byte[] to, int start) {
    if (asTheyAre) {
      for (int i = 0; i < count; i++) {
        to[start + i] = (byte) from[at + i];
      }
      return;
    }
    byte[] table = component == 0 ? luma : chroma;
    for (int i = 0; i < count; i++) {
      to[start + i] = table[from[at + i] & 0xffff];
    }
  }
}
