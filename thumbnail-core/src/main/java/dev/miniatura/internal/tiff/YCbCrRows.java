package dev.miniatura.internal.tiff;

import java.io.IOException;

/**
 * Converts YCbCr that is not in a JPEG (TIFF 6.0, section 21) to RGB. Pixels that share chroma are
 * stored together: their luma in rows, then both chroma samples.
 */
final class YCbCrRows {

  private static final double[] BT601 = {0.299, 0.587, 0.114};
  private static final double[] FULL = {0, 255, 128, 255, 128, 255};

  private final Page page;
  private final double[] weights;
  private final double[] ranges;

  YCbCrRows(Page page) throws IOException {
    this.page = page;
    double[] given = page.directory.reals(Tag.YCBCR_COEFFICIENTS);
    weights = given.length == 3 && given[1] > 0 ? given : BT601;
    double[] reference = page.directory.reals(Tag.REFERENCE_BLACK_WHITE);
    boolean usable =
        reference.length == 6
            && reference[1] > reference[0]
            && reference[3] > reference[2]
            && reference[5] > reference[4]
            && page.photometric == Page.YCBCR;
    ranges = usable ? reference : FULL;
  }

  void convert(StoredRows rows, int y, byte[] target, int channels) {
    byte[] row = rows.array(0);
    int unit = page.chromaX * page.chromaY + 2;
    int shift = Math.max(0, page.bits - 8) / 8; // the high byte of 16 bits
    for (int x = 0; x < page.width; x++) {
      int luma;
      int cb;
      int cr;
      if (page.isSubsampled()) {
        int at = rows.offset() + x / page.chromaX * unit;
        luma = row[at + y * page.chromaX + x % page.chromaX];
        cb = row[at + unit - 2];
        cr = row[at + unit - 1];
      } else {
        luma = sample(rows, x, 0, shift);
        cb = sample(rows, x, 1, shift);
        cr = sample(rows, x, 2, shift);
      }
      put(luma & 0xff, cb & 0xff, cr & 0xff, target, x * channels);
    }
  }

  private int sample(StoredRows rows, int x, int sample, int shift) {
    int size = page.bits / 8;
    int index = page.planar ? x : x * page.samples + sample;
    return rows.array(page.planar ? sample : 0)[
        rows.offset() + index * size + (page.file.little ? shift : 0)];
  }

  private void put(int storedLuma, int storedCb, int storedCr, byte[] target, int at) {
    double luma = (storedLuma - ranges[0]) * 255 / (ranges[1] - ranges[0]);
    double cb = (storedCb - ranges[2]) * 127 / (ranges[3] - ranges[2]);
    double cr = (storedCr - ranges[4]) * 127 / (ranges[5] - ranges[4]);
    double red = luma + cr * (2 - 2 * weights[0]);
    double blue = luma + cb * (2 - 2 * weights[2]);
    double green = (luma - weights[0] * red - weights[2] * blue) / weights[1];
    target[at] = clipped(red);
    target[at + 1] = clipped(green);
    target[at + 2] = clipped(blue);
  }

  private static byte clipped(double value) {
    return (byte) (int) (Math.min(255, Math.max(0, value)) + 0.5);
  }
}
