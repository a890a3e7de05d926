package dev.miniatura.internal.tiff;

import java.io.IOException;

/** The color map of a palette page (TIFF 6.0, section 5): all reds, all greens, all blues. */
final class PaletteTables {

  private final int[] map;
  private final int size;
  private final int unit; // divisor of entries

  PaletteTables(Page page) throws IOException {
    size = 1 << page.bits;
    long entries = page.directory.count(Tag.COLOR_MAP) / 3;
    map = new int[3 * size];
    int most = 0;
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < Math.min(size, entries); i++) {
        int value = (int) page.directory.number(Tag.COLOR_MAP, c * entries + i, 0);
        map[c * size + i] = value;
        most = Math.max(most, value);
      }
    }
    unit = most < 256 ? 1 : 257; // some writers use 8 bits
    if (entries == 0) {
      for (int i = 0; i < map.length; i++) {
        map[i] = i % size * 65_535 / (size - 1);
      }
    }
  }

  /** Returns the bytes of red, green, blue, and of alpha if there is any. */
  byte[][] tables(boolean alpha) {
    byte[][] tables = new byte[alpha ? 4 : 3][size];
    int divisor = unit;
    for (int i = 0; i < size; i++) {
      for (int c = 0; c < 3; c++) {
        tables[c][i] = (byte) ((map[c * size + i] + divisor / 2) / divisor);
      }
      if (alpha) {
        tables[3][i] = (byte) (i * 255 / (size - 1));
      }
    }
    return tables;
  }
}
