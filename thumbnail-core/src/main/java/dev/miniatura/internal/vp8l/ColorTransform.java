package dev.miniatura.internal.vp8l;

import dev.miniatura.internal.io.Deadline;
import java.io.IOException;

/** Adds predictions from green to red and blue, and from red to blue (RFC 9649, section 3.5.2). */
final class ColorTransform implements Transform {

  private final int blockBits;
  private final int columns;
  private final int[] elements; // three factors for each block, in the order of red, green and blue

  private ColorTransform(int blockBits, int columns, int[] elements) {
    this.blockBits = blockBits;
    this.columns = columns;
    this.elements = elements;
  }

  /** Reads the factors of all blocks. */
  static ColorTransform read(BitSource in, int width, int height, Deadline deadline)
      throws IOException {
    int bits = 2 + in.take(3);
    int columns = Blocks.count(width, bits);
    int rows = Blocks.count(height, bits);
    int[] elements = new int[columns * rows];
    Blocks.read(in, columns, rows, deadline, (block, argb) -> elements[block] = argb);
    return new ColorTransform(bits, columns, elements);
  }

  @Override
  public int[] undo(int y, int[] row) {
    int block = (y >> blockBits) * columns;
    for (int x = 0; x < row.length; block++) {
      int end = Math.min(row.length, x + (1 << blockBits));
      int redToBlue = (byte) (elements[block] >> 16);
      int greenToBlue = (byte) (elements[block] >> 8);
      int greenToRed = (byte) elements[block];
      for (; x < end; x++) {
        int argb = row[x];
        int green = (byte) (argb >> 8);
        int red = (argb >> 16) + ((greenToRed * green) >> 5) & 0xff;
        int blue = argb + ((greenToBlue * green) >> 5) + ((redToBlue * (byte) red) >> 5) & 0xff;
        row[x] = (argb & 0xff00ff00) | red << 16 | blue;
      }
    }
    return row;
  }
}
