package dev.miniatura.internal.pcx;

import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;

/**
 * The header of a PCX file (ZSoft PCX File Format Technical Reference Manual, revision 5).
 *
 * @param bits the bits per sample of a plane
 * @param planes the planes in each row
 * @param lineBytes the bytes stored for each plane of a row
 * @param runs whether rows are run-length encoded
 */
record PcxHeader(int width, int height, int bits, int planes, int lineBytes, boolean runs) {

  /** The offset of the first row. */
  static final int BYTES = 128;

  private static final int PALETTE = 16; // offset of the 16 colors in the header
  private static final int MARK = 0x0c; // before the 256 colors at the end
  private static final int LARGE_PALETTE = 3 * 256;

  /** The colors of the EGA, for files from versions without palettes. */
  private static final int[] EGA = {
    0x000000, 0x0000aa, 0x00aa00, 0x00aaaa, 0xaa0000, 0xaa00aa, 0xaa5500, 0xaaaaaa,
    0x555555, 0x5555ff, 0x55ff55, 0x55ffff, 0xff5555, 0xff55ff, 0xffff55, 0xffffff
  };

  static PcxHeader read(SourceBytes bytes) throws IOException {
    if (bytes.reach(BYTES) < BYTES) {
      throw Container.PCX.malformed(bytes.reach(BYTES), "ends within its header");
    }
    int width = u16(bytes, 8) - u16(bytes, 4) + 1;
    int height = u16(bytes, 10) - u16(bytes, 6) + 1;
    if (width <= 0 || height <= 0) {
      throw Container.PCX.malformed(4, "its size is %d x %d".formatted(width, height));
    }
    int bits = bytes.at(3);
    int planes = bytes.at(65);
    boolean known =
        switch (bits) {
          case 1 -> planes >= 1 && planes <= 4;
          case 4 -> planes == 1;
          case 8 -> planes == 1 || planes == 3;
          default -> false;
        };
    if (!known) {
      throw new UnsupportedImageException("PCX: %d planes of %d bits".formatted(planes, bits));
    }
    int needed = (width * bits + 7) / 8;
    int said = u16(bytes, 66);
    int lineBytes = said >= needed ? said : needed + needed % 2;
    return new PcxHeader(width, height, bits, planes, lineBytes, bytes.at(2) == 1);
  }

  private static int u16(SourceBytes bytes, int at) throws IOException {
    return bytes.at(at) | bytes.at(at + 1) << 8;
  }

  boolean isColor() {
    return bits == 8 && planes == 3;
  }

  int rowBytes() {
    return lineBytes * planes;
  }

  /** Returns the palette, 0xRRGGBB; empty if samples are colors. */
  int[] palette(SourceBytes bytes) throws IOException {
    if (isColor()) {
      return new int[0];
    }
    if (bits * planes == 1) {
      return new int[] {0, 0xffffff};
    }
    return bits == 8 ? largePalette(bytes) : smallPalette(bytes);
  }

  private static int[] smallPalette(SourceBytes bytes) throws IOException {
    int[] colors = colors(bytes.slice(PALETTE, PALETTE + 3 * EGA.length));
    for (int color : colors) {
      if (color != 0) {
        return colors;
      }
    }
    return EGA;
  }

  /** Returns the palette at the end of the file or, if there is none, grays. */
  private static int[] largePalette(SourceBytes bytes) throws IOException {
    long end = bytes.reach(Long.MAX_VALUE / 2);
    long start = end - LARGE_PALETTE;
    if (start > BYTES && bytes.at(start - 1) == MARK) {
      return colors(bytes.slice(start, end));
    }
    int[] grays = new int[256];
    for (int i = 0; i < grays.length; i++) {
      grays[i] = i * 0x10101;
    }
    return grays;
  }

  private static int[] colors(byte[] stored) {
    int[] colors = new int[stored.length / 3];
    for (int i = 0; i < colors.length; i++) {
      int at = 3 * i;
      colors[i] =
          (stored[at] & 0xff) << 16 | (stored[at + 1] & 0xff) << 8 | (stored[at + 2] & 0xff);
    }
    return colors;
  }
}
