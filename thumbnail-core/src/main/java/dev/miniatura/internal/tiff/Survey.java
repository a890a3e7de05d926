package dev.miniatura.internal.tiff;

import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.raster.Notes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Information about a page's samples that is needed before any of them can be shown: their range,
 * if the type does not define a practical one, and whether a possible alpha channel varies.
 *
 * @param low the number that is black
 * @param high the number that is white
 */
record Survey(double low, double high, boolean alpha) {

  private static final double HIGHLIGHTS = 8; // headroom above white in pictures of 0 to 1

  /** Returns whether rows must be read for this information. */
  static boolean isNeeded(Page page) {
    return !page.isJpeg() && (page.alphaUnsure || isOpen(page));
  }

  /** Returns whether the type of samples leaves black and white undefined. */
  private static boolean isOpen(Page page) {
    boolean integer = page.format == Page.UNSIGNED && page.bits <= 16;
    return !integer && !page.isLab() && !page.isPalette();
  }

  /** Returns the information for a page whose rows need not be read. */
  static Survey of(Page page) {
    return new Survey(0, Math.scalb(1.0, page.bits) - 1, page.alpha >= 0);
  }

  /** Reads the rows of a page, if needed. */
  static Survey read(Page page, Deadline deadline) throws IOException {
    StoredRows rows = new StoredRows(page, deadline, new Notes());
    Samples samples = new Samples(page);
    boolean open = isOpen(page);
    boolean varies = !page.alphaUnsure;
    double noData = noData(page);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double first = Double.NaN;
    double[] values = new double[page.width];
    for (int y = 0; y < page.height && (open || !varies); y += rows.rows()) {
      rows.next();
      if (rows.isMissing(0)) {
        continue;
      }
      for (int c = 0; c < page.colors && open; c++) {
        samples.read(rows, c, values);
        for (double value : values) {
          if (value != noData && Math.abs(value) < Double.POSITIVE_INFINITY) {
            least = Math.min(least, value);
            most = Math.max(most, value);
          }
        }
      }
      if (!varies) {
        samples.read(rows, page.alpha, values);
        first = y == 0 ? values[0] : first;
        for (double value : values) {
          varies |= value != first;
        }
      }
    }
    Survey otherwise = of(page);
    boolean alpha = page.alpha >= 0 && varies;
    return open
        ? new Survey(low(page, least), Math.max(high(page, least, most), least), alpha)
        : new Survey(otherwise.low, otherwise.high, alpha);
  }

  /**
   * Returns black. Negative numbers are heights and depths, which a gray picture shows; colors are
   * clipped.
   */
  private static double low(Page page, double least) {
    boolean stretched = page.format != Page.REAL || page.colors == 1;
    return least < 0 && stretched ? least : 0;
  }

  private static double high(Page page, double least, double most) {
    if (page.format == Page.REAL) {
      boolean light = most <= HIGHLIGHTS && (least >= 0 || page.colors > 1);
      return light ? 1 : most <= 255 && least >= 0 ? 255 : most;
    }
    if (most <= 255 && least >= 0) {
      return 255;
    }
    boolean all = most >= Math.scalb(1.0, page.bits - 8); // the highest byte is in use
    return page.format == Page.UNSIGNED && all ? Math.scalb(1.0, page.bits) - 1 : most;
  }

  /** Returns the number with which GDAL marks missing measurements; NaN if there is none. */
  private static double noData(Page page) throws IOException {
    byte[] text = page.directory.bytes(Tag.GDAL_NO_DATA);
    try {
      return text == null
          ? Double.NaN
          : Double.parseDouble(new String(text, StandardCharsets.US_ASCII).strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
