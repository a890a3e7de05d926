package dev.miniatura.internal.tiff;

/**
 * Restores rows that were stored as differences (TIFF 6.0, section 14; for floating point Adobe
 * Photoshop TIFF technical note 3).
 */
final class Predictor {

  static final int NONE = 1;
  static final int HORIZONTAL = 2;
  static final int FLOATING_POINT = 3;

  private final int kind;
  private final int bits;
  private final int samples;
  private final boolean little;
  private byte[] planes = {};

  /**
   * Prepares for rows.
   *
   * @param samples number of samples per pixel that are predicted together
   * @param little whether the low byte of a sample comes first
   */
  Predictor(int kind, int bits, int samples, boolean little) {
    this.kind = kind;
    this.bits = bits;
    this.samples = samples;
    this.little = little;
  }

  /** Returns whether a predictor can be used with samples of that size. */
  static boolean suits(int kind, int bits) {
    return switch (kind) {
      case NONE -> true;
      case HORIZONTAL -> bits % 8 == 0;
      case FLOATING_POINT -> bits % 8 == 0 && bits > 8;
      default -> false;
    };
  }

  /** Restores a row in place. Floating-point samples become big-endian. */
  void restore(byte[] row, int offset, int length) {
    if (kind == HORIZONTAL) {
      if (bits == 8) {
        addBytes(row, offset, offset + length);
      } else {
        addNumbers(row, offset, length);
      }
    } else if (kind == FLOATING_POINT) {
      addBytes(row, offset, offset + length);
      joinPlanes(row, offset, length);
    }
  }

  /**
   * Adds up bytes. For common pixel sizes, sums are kept in variables, which is three times as
   * fast.
   */
  private void addBytes(byte[] row, int from, int to) {
    int at = from;
    if (samples == 1) {
      for (int sum = 0; at < to; at++) {
        sum += row[at];
        row[at] = (byte) sum;
      }
    } else if (samples == 3) {
      int red = 0;
      int green = 0;
      int blue = 0;
      for (; at + 2 < to; at += 3) {
        row[at] = (byte) (red += row[at]);
        row[at + 1] = (byte) (green += row[at + 1]);
        row[at + 2] = (byte) (blue += row[at + 2]);
      }
    } else {
      for (at = from + samples; at < to; at++) {
        row[at] += row[at - samples];
      }
    }
  }

  private void addNumbers(byte[] row, int offset, int length) {
    int size = bits / 8;
    for (int at = offset + samples * size; at + size <= offset + length; at += size) {
      int carry = 0;
      for (int i = 0; i < size; i++) {
        int index = at + (little ? i : size - 1 - i);
        int sum = (row[index] & 0xff) + (row[index - samples * size] & 0xff) + carry;
        row[index] = (byte) sum;
        carry = sum >> 8;
      }
    }
  }

  /**
   * Joins the bytes of samples: the highest bytes of all samples are stored first, then the next
   * ones, and so on.
   */
  private void joinPlanes(byte[] row, int offset, int length) {
    int size = bits / 8;
    int count = length / size;
    if (planes.length < length) {
      planes = new byte[length];
    }
    System.arraycopy(row, offset, planes, 0, length);
    for (int i = 0; i < count; i++) {
      for (int b = 0; b < size; b++) {
        row[offset + i * size + b] = planes[b * count + i];
      }
    }
  }
}
