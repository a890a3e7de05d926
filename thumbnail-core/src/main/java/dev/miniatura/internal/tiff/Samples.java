package dev.miniatura.internal.tiff;

/** Extracts samples from stored rows. */
final class Samples {

  private final Page page;
  private final int bits;
  private final int format;
  private final boolean little;

  /** Prepares for the samples of a page, restored by its predictor. */
  Samples(Page page) {
    this.page = page;
    bits = page.bits;
    format = page.format;
    little = page.file.little && page.predictor != Predictor.FLOATING_POINT;
  }

  /**
   * Reads one sample of each pixel of the current row as unsigned numbers of up to 16 bits.
   *
   * @param sample its index in the pixel
   * @param target receives the samples from index 0
   */
  void read(StoredRows rows, int sample, int[] target) {
    byte[] row = rows.array(page.planar ? sample : 0);
    int offset = rows.offset();
    int first = page.planar ? 0 : sample; // its index in the row
    int step = page.samplesTogether();
    int count = page.width;
    if (bits == 8) {
      for (int i = 0, at = offset + first; i < count; i++, at += step) {
        target[i] = row[at] & 0xff;
      }
    } else if (bits == 16) {
      int high = little ? 1 : 0;
      for (int i = 0, at = offset + 2 * first; i < count; i++, at += 2 * step) {
        target[i] = (row[at + high] & 0xff) << 8 | (row[at + 1 - high] & 0xff);
      }
    } else {
      int mask = (1 << bits) - 1;
      long bit = (long) first * bits;
      for (int i = 0; i < count; i++) {
        int at = offset + (int) (bit >> 3);
        int three = (row[at] & 0xff) << 16 | (row[at + 1] & 0xff) << 8 | (row[at + 2] & 0xff);
        target[i] = three >> (24 - bits - ((int) bit & 7)) & mask;
        bit += (long) step * bits;
      }
    }
  }

  /** Reads one sample of each pixel of the current row as numbers of any kind. */
  void read(StoredRows rows, int sample, double[] target) {
    int count = page.width;
    if (bits < 16 || (bits == 16 && format != Page.REAL)) {
      int[] integers = new int[count];
      read(rows, sample, integers);
      int sign = format == Page.SIGNED ? 1 << (bits - 1) : 0;
      for (int i = 0; i < count; i++) {
        target[i] = (integers[i] ^ sign) - sign;
      }
      return;
    }
    byte[] row = rows.array(page.planar ? sample : 0);
    int first = page.planar ? 0 : sample;
    int size = bits / 8;
    for (int i = 0; i < count; i++) {
      int at = rows.offset() + (first + i * page.samplesTogether()) * size;
      long value = 0;
      for (int b = 0; b < size; b++) {
        value = value << 8 | (row[at + (little ? size - 1 - b : b)] & 0xff);
      }
      target[i] = number(value);
    }
  }

  private double number(long value) {
    if (format == Page.REAL) {
      return switch (bits) {
        case 16 -> real((int) value, 5, 10);
        case 24 -> real((int) value, 7, 16);
        case 32 -> Float.intBitsToFloat((int) value);
        default -> Double.longBitsToDouble(value);
      };
    }
    if (format == Page.SIGNED) {
      return bits == 64 ? value : value << (64 - bits) >> (64 - bits);
    }
    return value >= 0 ? value : value + 0x1p64;
  }

  /** A number as IEEE 754 has them, of a sign, an exponent and a fraction. */
  private static double real(int value, int exponentBits, int fractionBits) {
    int top = (1 << exponentBits) - 1;
    int exponent = value >> fractionBits & top;
    double fraction = Math.scalb((double) (value & ((1 << fractionBits) - 1)), -fractionBits);
    double size =
        exponent == 0
            ? Math.scalb(fraction, 1 - top / 2)
            : exponent == top
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : Math.scalb(1 + fraction, exponent - top / 2);
    return value >> (exponentBits + fractionBits) == 0 ? size : -size;
  }
}
