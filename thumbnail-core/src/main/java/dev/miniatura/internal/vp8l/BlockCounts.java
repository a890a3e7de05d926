package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/** The symbols of each block of an image. */
final class BlockCounts {

  /** The first symbol of each code in a common numbering, and the total number. */
  final int[] firsts;

  private final SymbolCounts[] blocks;

  /**
   * Counts the symbols.
   *
   * @param bits logarithm of the side of a block
   */
  BlockCounts(Elements elements, int width, int height, int cacheSize, int bits) {
    int greens = PrefixCodes.LITERALS + PrefixCodes.LENGTHS + cacheSize;
    int red = greens;
    int blue = red + PrefixCodes.LITERALS;
    int alpha = blue + PrefixCodes.LITERALS;
    int distances = alpha + PrefixCodes.LITERALS;
    firsts = new int[] {0, red, blue, alpha, distances, distances + PrefixCodes.DISTANCES};
    int columns = Blocks.count(width, bits);
    blocks = new SymbolCounts[columns * Blocks.count(height, bits)];
    int[] row = new int[columns * firsts[PrefixGroup.CODES]]; // counts of a row of blocks
    int i = 0;
    int at = 0;
    for (int first = 0; first < blocks.length; first += columns) {
      int end = Math.min(height, (first / columns + 1) << bits) * width;
      for (; i < elements.size() && at < end; at += elements.length(i), i++) {
        int start = ((at % width) >> bits) * firsts[PrefixGroup.CODES];
        int value = elements.value(i);
        int distance = elements.distance(i);
        if (distance == Elements.LITERAL) {
          row[start + (value >> 8 & 0xff)]++;
          row[start + red + (value >> 16 & 0xff)]++;
          row[start + blue + (value & 0xff)]++;
          row[start + alpha + (value >>> 24)]++;
        } else if (distance == Elements.CACHED) {
          row[start + PrefixCodes.LITERALS + PrefixCodes.LENGTHS + value]++;
        } else {
          row[start + PrefixCodes.LITERALS + LzPrefix.code(value)]++;
          row[start + distances + LzPrefix.code(distance)]++;
        }
      }
      for (int column = 0; column < columns; column++) {
        blocks[first + column] = counts(row, column * firsts[PrefixGroup.CODES]);
      }
      Arrays.fill(row, 0);
    }
  }

  private SymbolCounts counts(int[] row, int start) {
    char[] symbols = new char[firsts[PrefixGroup.CODES]];
    int[] counts = new int[symbols.length];
    int size = 0;
    for (int symbol = 0; symbol < symbols.length; symbol++) {
      int count = row[start + symbol];
      if (count > 0) {
        symbols[size] = (char) symbol;
        counts[size++] = count;
      }
    }
    return new SymbolCounts(Arrays.copyOf(symbols, size), Arrays.copyOf(counts, size), firsts);
  }

  int size() {
    return blocks.length;
  }

  SymbolCounts block(int i) {
    return blocks[i];
  }
}
