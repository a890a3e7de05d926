package dev.miniatura.internal.png;

import dev.miniatura.internal.deflate.Matches;
import dev.miniatura.internal.deflate.Zlib;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a picture in the form to be compressed: each preceded by its filter type (PNG 9.1).
 */
final class ImageRows {

  private final byte[] bytes;
  private final int pixelBytes;
  private final int rowBytes; // with the filter type
  private final boolean filtered;
  private @Nullable SizeEstimate estimate;

  private ImageRows(RowSource source, byte[] bytes, boolean filtered) {
    this.bytes = bytes;
    pixelBytes = Math.max(source.bitsPerPixel() / Byte.SIZE, 1);
    rowBytes = 1 + source.rowBytes();
    this.filtered = filtered;
  }

  /** Lays rows out without a filter. */
  static ImageRows plain(RowSource source) {
    byte[] row = new byte[source.rowBytes()];
    byte[] bytes = new byte[Math.multiplyExact(1 + row.length, source.height())];
    for (int y = 0, at = 0; y < source.height(); y++, at += 1 + row.length) {
      source.read(y, row);
      System.arraycopy(row, 0, bytes, at + 1, row.length); // after type 0: none
    }
    return new ImageRows(source, bytes, false);
  }

  /** Lays rows out, each with the filter type that suits it. */
  static ImageRows filtered(RowSource source) {
    RowFilter filter = new RowFilter(source);
    byte[] row = new byte[source.rowBytes()];
    byte[] bytes = new byte[Math.multiplyExact(1 + row.length, source.height())];
    for (int y = 0, at = 0; y < source.height(); y++, at += 1 + row.length) {
      source.read(y, row);
      filter.filter(row, bytes, at);
    }
    return new ImageRows(source, bytes, true);
  }

  private SizeEstimate estimate() {
    SizeEstimate known = estimate;
    if (known == null) {
      known = SizeEstimate.of(bytes);
      estimate = known;
    }
    return known;
  }

  /** Returns the estimated compressed size in bytes. */
  long estimatedBytes() {
    return estimate().bytes();
  }

  /** Returns whether there are enough matches to make the search worthwhile. */
  boolean matchesPay() {
    return estimate().matchesPay();
  }

  /**
   * Compresses the rows to the contents of IDAT (PNG 10). Filtered rows without worthwhile matches
   * are only Huffman-coded.
   *
   * @param level 1 to 9
   * @param most how many bytes are of use
   * @return null if there are more
   */
  byte @Nullable [] compress(int level, int most) {
    Matches matches = !filtered ? Matches.ALL : matchesPay() ? Matches.LONG : Matches.NONE;
    return Zlib.compress(bytes, pixelBytes, rowBytes, matches, level, most);
  }
}
