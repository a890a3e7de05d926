package dev.miniatura.internal.vp8l;

import dev.miniatura.internal.io.Deadline;
import java.io.IOException;

/** Looks colors up in a table, by indices, of which a pixel may hold several (section 3.5.4). */
final class ColorIndexing implements Transform {

  private final int[] colors; // one for each possible index, transparent beyond the table
  private final int widthBits;
  private final int[] row;

  private ColorIndexing(int[] colors, int widthBits, int width) {
    this.colors = colors;
    this.widthBits = widthBits;
    row = new int[width];
  }

  /** Reads the table for a picture of a given width. */
  static ColorIndexing read(BitSource in, int width, Deadline deadline) throws IOException {
    int size = 1 + in.take(8);
    int widthBits = widthBits(size);
    int[] colors = new int[1 << bitsPerIndex(widthBits)];
    Blocks.read(
        in,
        size,
        1,
        deadline,
        (i, argb) -> colors[i] = i == 0 ? argb : Argb.add(argb, colors[i - 1]));
    return new ColorIndexing(colors, widthBits, width);
  }

  /**
   * Returns the binary logarithm of the number of indices in a pixel, for a table of a given size.
   */
  static int widthBits(int tableSize) {
    return tableSize <= 2 ? 3 : tableSize <= 4 ? 2 : tableSize <= 16 ? 1 : 0;
  }

  private static int bitsPerIndex(int widthBits) {
    return 8 >> widthBits;
  }

  /** Returns the number of pixels of a coded row. */
  int codedWidth() {
    return Blocks.count(row.length, widthBits);
  }

  @Override
  public int[] undo(int y, int[] coded) {
    int bits = bitsPerIndex(widthBits);
    int mask = (1 << bits) - 1;
    if (widthBits == 0) {
      for (int x = 0; x < row.length; x++) {
        row[x] = colors[coded[x] >> 8 & mask];
      }
      return row;
    }
    int perPixel = 1 << widthBits;
    for (int x = 0, from = 0; x < row.length; from++) {
      int end = Math.min(row.length, x + perPixel);
      for (int indices = coded[from] >> 8; x < end; x++, indices >>= bits) {
        row[x] = colors[indices & mask];
      }
    }
    return row;
  }
}
