package dev.miniatura.internal.tiff;

import dev.miniatura.internal.color.LabToSrgb;
import dev.miniatura.internal.raster.ColorKind;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Converts stored rows to 8-bit samples of gray, RGB or CMYK, with alpha if there is any. */
final class RowConverter {

  private final Page page;
  private final Survey survey;
  private final Samples samples;
  private final int channels;
  private final boolean alpha;
  private final byte[][] tables; // tables for stored samples of up to 16 bits, by channel; or none
  private final int[] integers;
  private final double[] numbers;
  private final double[][]
      colors; // rows of numbers, for conversions that need all samples of a pixel
  private final YCbCrRows chroma;
  private final @Nullable LabToSrgb lab;

  RowConverter(Page page, Survey survey) throws IOException {
    this.page = page;
    this.survey = survey;
    samples = new Samples(page);
    alpha = survey.alpha();
    channels = kind(page).channels() + (alpha ? 1 : 0);
    boolean small = page.format != Page.REAL && page.bits <= 16;
    boolean direct = small && page.photometric != Page.YCBCR && !page.isLab();
    tables = direct ? tables() : new byte[0][];
    integers = new int[small ? page.width : 0];
    numbers = new double[direct ? 0 : page.width];
    boolean together = page.isLab() || (alpha && page.associated);
    colors = new double[together ? page.colors + 1 : 0][page.width];
    chroma = new YCbCrRows(page);
    lab = page.isLab() ? new LabToSrgb() : null;
  }

  /** Returns the color kind of a page's converted rows. */
  static ColorKind kind(Page page) {
    return switch (page.photometric) {
      case Page.WHITE_IS_ZERO, Page.BLACK_IS_ZERO, Page.MASK -> ColorKind.GRAY;
      case Page.SEPARATED -> ColorKind.CMYK;
      default -> ColorKind.RGB;
    };
  }

  /** Returns the bytes of memory that converting a page takes. */
  static long workingBytes(Page page) {
    return 5L * (1 << 16) + page.width * (13L + 9L * (page.colors + 1));
  }

  /** Returns whether rows are delivered as stored. */
  boolean isIdentity() {
    boolean plain =
        page.photometric == Page.BLACK_IS_ZERO
            || page.photometric == Page.RGB
            || page.photometric == Page.SEPARATED;
    return plain
        && page.bits == 8
        && page.format == Page.UNSIGNED
        && page.samples == channels
        && page.samplesTogether() == channels
        && !(alpha && page.associated);
  }

  private byte[][] tables() throws IOException {
    int size = 1 << page.bits;
    if (page.isPalette()) {
      return new PaletteTables(page).tables(alpha);
    }
    byte[] straight = new byte[size];
    int sign = page.format == Page.SIGNED ? size / 2 : 0;
    for (int i = 0; i < size; i++) {
      straight[i] = scaled((i ^ sign) - sign);
    }
    byte[] color = straight;
    if (page.photometric == Page.WHITE_IS_ZERO) {
      color = straight.clone();
      for (int i = 0; i < size; i++) {
        color[i] = (byte) ~color[i];
      }
    }
    byte[][] all = new byte[channels][];
    Arrays.fill(all, color);
    if (alpha) {
      all[channels - 1] = straight;
    }
    return all;
  }

  /** Returns a number in 8 bits; values outside the range are clipped, NaN is black. */
  private byte scaled(double value) {
    double share = (value - survey.low()) / (survey.high() - survey.low());
    return unit(share);
  }

  private static byte unit(double share) {
    return (byte) (int) (255 * Math.min(1, Math.max(0, share)) + 0.5);
  }

  /**
   * Converts a row.
   *
   * @param y number of the row within the group of rows
   * @param target receives the row from index 0
   */
  void convert(StoredRows rows, int y, byte[] target) {
    if (page.photometric == Page.YCBCR) {
      chroma.convert(rows, y, target, channels);
    } else if (lab != null) {
      convertLab(rows, target, lab);
    } else if (page.bits == 1 && page.samples == 1 && channels == 1) {
      expandBits(rows, target);
    } else if (tables.length > 0) {
      convertIntegers(rows, target);
    } else {
      convertNumbers(rows, target);
    }
    if (alpha && (page.photometric == Page.YCBCR || lab != null)) {
      samples.read(rows, page.alpha, numbers);
      put(target, channels - 1, false);
    }
    if (alpha && page.associated) {
      divideByAlpha(rows, target);
    }
  }

  private void expandBits(StoredRows rows, byte[] target) {
    byte[] row = rows.array(0);
    byte[] table = tables[0];
    byte zero = table[0];
    byte one = table[1];
    int from = rows.offset();
    int x = 0;
    for (; x + 8 <= page.width; x += 8) {
      int eight = row[from++];
      for (int i = 0; i < 8; i++) {
        target[x + i] = (eight << i & 0x80) == 0 ? zero : one;
      }
    }
    for (; x < page.width; x++) {
      target[x] = (row[from] << (x & 7) & 0x80) == 0 ? zero : one;
    }
  }

  private void convertIntegers(StoredRows rows, byte[] target) {
    for (int c = 0; c < channels; c++) {
      int sample = alpha && c == channels - 1 ? page.alpha : page.isPalette() ? 0 : c;
      if (c == 0 || !page.isPalette() || sample > 0) {
        samples.read(rows, sample, integers);
      }
      byte[] table = tables[c];
      for (int x = 0, at = c; x < page.width; x++, at += channels) {
        target[at] = table[integers[x]];
      }
    }
  }

  private void convertNumbers(StoredRows rows, byte[] target) {
    for (int c = 0; c < channels; c++) {
      boolean isAlpha = alpha && c == channels - 1;
      samples.read(rows, isAlpha ? page.alpha : c, numbers);
      put(target, c, page.photometric == Page.WHITE_IS_ZERO && !isAlpha);
    }
  }

  private void put(byte[] target, int channel, boolean inverted) {
    for (int x = 0, at = channel; x < page.width; x++, at += channels) {
      byte sample = scaled(numbers[x]);
      target[at] = inverted ? (byte) ~sample : sample;
    }
  }

  /** Divides premultiplied colors by alpha at full precision. */
  private void divideByAlpha(StoredRows rows, byte[] target) {
    if (page.photometric == Page.YCBCR || lab != null || page.isPalette()) {
      return; // these are never premultiplied
    }
    for (int c = 0; c <= page.colors; c++) {
      samples.read(rows, c < page.colors ? c : page.alpha, colors[c]);
    }
    double[] alphas = colors[page.colors];
    double range = survey.high() - survey.low();
    boolean inverted = page.photometric == Page.WHITE_IS_ZERO;
    for (int x = 0; x < page.width; x++) {
      double share = (alphas[x] - survey.low()) / range;
      for (int c = 0; c < page.colors && share > 0; c++) {
        byte color = unit((colors[c][x] - survey.low()) / range / share);
        target[x * channels + c] = inverted ? (byte) ~color : color;
      }
    }
  }

  private void convertLab(StoredRows rows, byte[] target, LabToSrgb conversion) {
    int count = Math.min(3, page.colors);
    for (int c = 0; c < count; c++) {
      samples.read(rows, c, colors[c]);
    }
    for (int x = 0, at = 0; x < page.width; x++, at += channels) {
      double a = count < 3 ? 0 : chromaticity(colors[1][x], -85, 170);
      double b = count < 3 ? 0 : chromaticity(colors[2][x], -75, 200);
      conversion.convert(lightness(colors[0][x]), a, b, target, at);
    }
  }

  private double lightness(double value) {
    if (page.format == Page.REAL) {
      return value;
    }
    boolean deep = page.bits == 16;
    double white = (1L << page.bits) - 1;
    if (deep && page.format == Page.SIGNED) {
      white = Short.MAX_VALUE;
    } else if (deep && page.photometric == Page.ICC_LAB) {
      white = 0xff00;
    }
    return value * 100 / white;
  }

  /** TIFF 6.0, section 23; for ICC's and ITU's variants, their supplements. */
  private double chromaticity(double value, double ituLow, double ituRange) {
    if (page.format == Page.REAL) {
      return value;
    }
    double size = Math.scalb(1.0, page.bits);
    double step = size / 256;
    return switch (page.photometric) {
      case Page.ICC_LAB -> (value - size / 2) / step;
      case Page.ITU_LAB -> ituLow + value * ituRange / (size - 1);
      default -> (value >= size / 2 ? value - size : value) / step;
    };
  }
}
