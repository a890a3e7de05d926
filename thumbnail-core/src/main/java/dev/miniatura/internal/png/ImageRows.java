package dev.miniatura.internal.png;

import java.util.zip.Deflater;

/** All rows of a picture as they are compressed: each behind its filter type (PNG 9.1). */
final class ImageRows {

  /** How much effort zlib saves on filtered rows, which hold few long matches. */
  private static final int LEVELS_LESS = 2;

  private final byte[] bytes;
  private final boolean filtered;
  private final SizeEstimate estimate;

  private ImageRows(byte[] bytes, boolean filtered) {
    this.bytes = bytes;
    this.filtered = filtered;
    estimate = SizeEstimate.of(bytes);
  }

  /** Lays rows out without a filter. */
  static ImageRows plain(RowSource source) {
    byte[] row = new byte[source.rowBytes()];
    byte[] bytes = new byte[Math.multiplyExact(1 + row.length, source.height())];
    for (int y = 0, at = 0; y < source.height(); y++, at += 1 + row.length) {
      source.read(y, row);
      System.arraycopy(row, 0, bytes, at + 1, row.length); // behind type 0: none
    }
    return new ImageRows(bytes, false);
  }

  /** Lays rows out, each filtered by the type that suits it. */
  static ImageRows filtered(RowSource source) {
    RowFilter filter = new RowFilter(source);
    byte[] row = new byte[source.rowBytes()];
    byte[] bytes = new byte[Math.multiplyExact(1 + row.length, source.height())];
    for (int y = 0, at = 0; y < source.height(); y++, at += 1 + row.length) {
      source.read(y, row);
      filter.filter(row, bytes, at);
    }
    return new ImageRows(bytes, true);
  }

  /** Returns about how many bytes will be left when they are compressed. */
  long estimatedBytes() {
    return estimate.bytes();
  }

  /** Returns whether there are enough matches to look for. */
  boolean matchesPay() {
    return estimate.matchesPay();
  }

  /**
   * Compresses them to the contents of IDAT (PNG 10). Filtered rows without matches worth looking
   * for are only Huffman-coded.
   *
   * @param level 1 to 9
   */
  byte[] compress(int level) {
    if (!filtered) {
      return Zlib.compress(bytes, level, Deflater.DEFAULT_STRATEGY);
    }
    return estimate.matchesPay()
        ? Zlib.compress(bytes, Math.max(level - LEVELS_LESS, 1), Deflater.FILTERED)
        : Zlib.compress(bytes, level, Deflater.HUFFMAN_ONLY);
  }
}
