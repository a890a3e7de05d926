package dev.miniatura.internal.png;

/**
 * Reverses the filters of PNG, third edition, section 9: each byte was stored as its difference to
 * a prediction from {@code a}, the byte one pixel to the left, {@code b}, the one above, and {@code
 * c}, the one above {@code a}.
 *
 * <p>Every method restores {@code row[at]} to {@code row[at + length - 1]} in place; {@code above}
 * holds the row above at the same index, so that C2 sees that iterations of {@link #up} do not
 * touch each other. The caller keeps {@code distance} zeros in front of both rows, which the first
 * pixel takes for its left neighbors. {@code distance}, the bytes of a pixel, divides {@code
 * length}.
 *
 * <p>Average and Paeth wait for the pixel to the left. For pixels of one, three and four bytes it
 * stays in local variables; the others find it in memory, a few cycles later.
 *
 * <p>Reference: UnfilterReference (test), equal for every byte.
 */
final class Unfilter {

  static final int NONE = 0;
  static final int SUB = 1;
  static final int UP = 2;
  static final int AVERAGE = 3;
  static final int PAETH = 4;

  private Unfilter() {}

  /** Restores a row that was filtered with type {@code filter}, 0 to 4. */
  static void restore(int filter, byte[] above, byte[] row, int at, int length, int distance) {
    switch (filter) {
      case SUB -> sub(row, at, length, distance);
      case UP -> up(above, row, at, length);
      case AVERAGE -> {
        switch (distance) {
          case 1 -> average1(above, row, at, length);
          case 3 -> average3(above, row, at, length);
          case 4 -> average4(above, row, at, length);
          default -> average(above, row, at, length, distance);
        }
      }
      case PAETH -> {
        switch (distance) {
          case 1 -> paeth1(above, row, at, length);
          case 3 -> paeth3(above, row, at, length);
          case 4 -> paeth4(above, row, at, length);
          default -> paeth(above, row, at, length, distance);
        }
      }
      default -> {}
    }
  }

  private static void sub(byte[] row, int at, int length, int distance) {
    for (int i = 0; i < length; i++) {
      row[at + i] = (byte) (row[at + i] + row[at + i - distance]);
    }
  }

  private static void up(byte[] above, byte[] row, int at, int length) {
    for (int i = 0; i < length; i++) {
      row[at + i] = (byte) (row[at + i] + above[at + i]);
    }
  }

  private static void average(byte[] above, byte[] row, int at, int length, int distance) {
    for (int i = 0; i < length; i++) {
      int a = row[at + i - distance] & 0xff;
      row[at + i] = (byte) average(row[at + i], a, above[at + i]);
    }
  }

  private static void average1(byte[] above, byte[] row, int at, int length) {
    int a = 0;
    for (int i = 0; i < length; i++) {
      a = average(row[at + i], a, above[at + i]);
      row[at + i] = (byte) a;
    }
  }

  private static void average3(byte[] above, byte[] row, int at, int length) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int i = 0; i < length; i += 3) {
      red = average(row[at + i], red, above[at + i]);
      green = average(row[at + i + 1], green, above[at + i + 1]);
      blue = average(row[at + i + 2], blue, above[at + i + 2]);
      row[at + i] = (byte) red;
      row[at + i + 1] = (byte) green;
      row[at + i + 2] = (byte) blue;
    }
  }

  private static void average4(byte[] above, byte[] row, int at, int length) {
    int red = 0;
    int green = 0;
    int blue = 0;
    int alpha = 0;
    for (int i = 0; i < length; i += 4) {
      red = average(row[at + i], red, above[at + i]);
      green = average(row[at + i + 1], green, above[at + i + 1]);
      blue = average(row[at + i + 2], blue, above[at + i + 2]);
      alpha = average(row[at + i + 3], alpha, above[at + i + 3]);
      row[at + i] = (byte) red;
      row[at + i + 1] = (byte) green;
      row[at + i + 2] = (byte) blue;
      row[at + i + 3] = (byte) alpha;
    }
  }

  /**
   * Returns {@code x + ⌊(a + b) / 2⌋} modulo 256 as {@code ⌊(a + (b + 2x)) / 2⌋}: only {@code a}
   * comes from the pixel before, and waits for three operations instead of four.
   */
  private static int average(byte x, int a, byte b) {
    int known = (b & 0xff) + 2 * (x & 0xff); // [0, 765]
    return (a + known) >> 1 & 0xff;
  }

  private static void paeth(byte[] above, byte[] row, int at, int length, int distance) {
    for (int i = 0; i < length; i++) {
      int a = row[at + i - distance] & 0xff;
      int c = above[at + i - distance] & 0xff;
      row[at + i] = (byte) paeth(row[at + i], a, above[at + i] & 0xff, c);
    }
  }

  private static void paeth1(byte[] above, byte[] row, int at, int length) {
    int a = 0;
    int c = 0;
    for (int i = 0; i < length; i++) {
      int b = above[at + i] & 0xff;
      a = paeth(row[at + i], a, b, c);
      c = b;
      row[at + i] = (byte) a;
    }
  }

  private static void paeth3(byte[] above, byte[] row, int at, int length) {
    int red = 0;
    int green = 0;
    int blue = 0;
    int redBefore = 0;
    int greenBefore = 0;
    int blueBefore = 0;
    for (int i = 0; i < length; i += 3) {
      int redAbove = above[at + i] & 0xff;
      int greenAbove = above[at + i + 1] & 0xff;
      int blueAbove = above[at + i + 2] & 0xff;
      red = paeth(row[at + i], red, redAbove, redBefore);
      green = paeth(row[at + i + 1], green, greenAbove, greenBefore);
      blue = paeth(row[at + i + 2], blue, blueAbove, blueBefore);
      redBefore = redAbove;
      greenBefore = greenAbove;
      blueBefore = blueAbove;
      row[at + i] = (byte) red;
      row[at + i + 1] = (byte) green;
      row[at + i + 2] = (byte) blue;
    }
  }

  private static void paeth4(byte[] above, byte[] row, int at, int length) {
    int red = 0;
    int green = 0;
    int blue = 0;
    int alpha = 0;
    int redBefore = 0;
    int greenBefore = 0;
    int blueBefore = 0;
    int alphaBefore = 0;
    for (int i = 0; i < length; i += 4) {
      int redAbove = above[at + i] & 0xff;
      int greenAbove = above[at + i + 1] & 0xff;
      int blueAbove = above[at + i + 2] & 0xff;
      int alphaAbove = above[at + i + 3] & 0xff;
      red = paeth(row[at + i], red, redAbove, redBefore);
      green = paeth(row[at + i + 1], green, greenAbove, greenBefore);
      blue = paeth(row[at + i + 2], blue, blueAbove, blueBefore);
      alpha = paeth(row[at + i + 3], alpha, alphaAbove, alphaBefore);
      redBefore = redAbove;
      greenBefore = greenAbove;
      blueBefore = blueAbove;
      alphaBefore = alphaAbove;
      row[at + i] = (byte) red;
      row[at + i + 1] = (byte) green;
      row[at + i + 2] = (byte) blue;
      row[at + i + 3] = (byte) alpha;
    }
  }

  /**
   * Returns {@code x + paeth(a, b, c)} modulo 256. What the predictor adds to {@code c} depends on
   * {@code a − c} and {@code b − c} only, both in [−255, 255]: one load takes the place of some ten
   * operations, of which a pixel has three or four times to wait. On photographs the differences
   * are small and the part of the table that is read fits the first-level cache.
   */
  private static int paeth(byte x, int a, int b, int c) {
    return x + c + PaethTable.OFFSETS[PaethTable.index(a - c, b - c)] & 0xff;
  }

  /** The Paeth predictor (9.4) less {@code c}, modulo 256, by {@code a − c} and {@code b − c}. */
  private static final class PaethTable {

    static final byte[] OFFSETS = offsets();

    static int index(int fromA, int fromB) {
      return ((fromA + 255) << 9) + (fromB + 255);
    }

    /** With p = a + b − c, the distances of p to a, b and c are |b − c|, |a − c|, |a + b − 2c|. */
    private static byte[] offsets() {
      byte[] offsets = new byte[index(255, 255) + 1];
      for (int fromA = -255; fromA <= 255; fromA++) {
        for (int fromB = -255; fromB <= 255; fromB++) {
          int toA = Math.abs(fromB);
          int toB = Math.abs(fromA);
          int toC = Math.abs(fromA + fromB);
          int nearest = toA <= toB && toA <= toC ? fromA : toB <= toC ? fromB : 0;
          offsets[index(fromA, fromB)] = (byte) nearest;
        }
      }
      return offsets;
    }
  }
}
