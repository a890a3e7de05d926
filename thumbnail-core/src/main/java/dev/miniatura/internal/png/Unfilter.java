package dev.miniatura.internal.png;

/**
 * Reverses the filters of PNG, third edition, section 9: each byte was stored as its difference to
 * a prediction from {@code a}, the byte one pixel to the left, {@code b}, the one above, and {@code
 * c}, the one above {@code a}.
 *
 * <p>Every method reads {@code length} filtered bytes at {@code source[from]} and writes them
 * restored to {@code row[at]}; {@code above} holds the row above at the same index. The caller
 * keeps {@code distance} zeros in front of both rows, which the first pixel takes for its left
 * neighbors. {@code distance}, the bytes of a pixel, divides {@code length}.
 */
final class Unfilter {

  static final int NONE = 0;
  static final int SUB = 1;
  static final int UP = 2;
  static final int AVERAGE = 3;
  static final int PAETH = 4;

  private Unfilter() {}

  /** Restores a row that was filtered with type {@code filter}, 0 to 4. */
  static void restore(
      int filter,
      byte[] source,
      int from,
      byte[] above,
      byte[] row,
      int at,
      int length,
      int distance) {
    switch (filter) {
      case SUB -> sub(source, from, row, at, length, distance);
      case UP -> up(source, from, above, row, at, length);
      case AVERAGE -> {
        switch (distance) {
          case 1 -> average1(source, from, above, row, at, length);
          case 3 -> average3(source, from, above, row, at, length);
          case 4 -> average4(source, from, above, row, at, length);
          default -> average(source, from, above, row, at, length, distance);
        }
      }
      case PAETH -> {
        switch (distance) {
          case 1 -> paeth1(source, from, above, row, at, length);
          case 3 -> paeth3(source, from, above, row, at, length);
          case 4 -> paeth4(source, from, above, row, at, length);
          default -> paeth(source, from, above, row, at, length, distance);
        }
      }
      default -> System.arraycopy(source, from, row, at, length);
    }
  }

  private static void sub(byte[] source, int from, byte[] row, int at, int length, int distance) {
    for (int i = 0; i < length; i++) {
      row[at + i] = (byte) (source[from + i] + row[at + i - distance]);
    }
  }

  private static void up(byte[] source, int from, byte[] above, byte[] row, int at, int length) {
    for (int i = 0; i < length; i++) {
      row[at + i] = (byte) (source[from + i] + above[at + i]);
    }
  }

  private static void average(
      byte[] source, int from, byte[] above, byte[] row, int at, int length, int distance) {
    for (int i = 0; i < length; i++) {
      int a = row[at + i - distance] & 0xff;
      row[at + i] = (byte) average(source[from + i], a, above[at + i]);
    }
  }

  private static void average1(
      byte[] source, int from, byte[] above, byte[] row, int at, int length) {
    int a = 0;
    for (int i = 0; i < length; i++) {
      a = average(source[from + i], a, above[at + i]);
      row[at + i] = (byte) a;
    }
  }

  private static void average3(
      byte[] source, int from, byte[] above, byte[] row, int at, int length) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int i = 0; i < length; i += 3) {
      red = average(source[from + i], red, above[at + i]);
      green = average(source[from + i + 1], green, above[at + i + 1]);
      blue = average(source[from + i + 2], blue, above[at + i + 2]);
      row[at + i] = (byte) red;
      row[at + i + 1] = (byte) green;
      row[at + i + 2] = (byte) blue;
    }
  }

  private static void average4(
      byte[] source, int from, byte[] above, byte[] row, int at, int length) {
    int red = 0;
    int green = 0;
    int blue = 0;
    int alpha = 0;
    for (int i = 0; i < length; i += 4) {
      red = average(source[from + i], red, above[at + i]);
      green = average(source[from + i + 1], green, above[at + i + 1]);
      blue = average(source[from + i + 2], blue, above[at + i + 2]);
      alpha = average(source[from + i + 3], alpha, above[at + i + 3]);
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

  private static void paeth(
      byte[] source, int from, byte[] above, byte[] row, int at, int length, int distance) {
    for (int i = 0; i < length; i++) {
      int a = row[at + i - distance] & 0xff;
      int c = above[at + i - distance] & 0xff;
      row[at + i] = (byte) paeth(source[from + i], a, above[at + i] & 0xff, c);
    }
  }

  private static void paeth1(
      byte[] source, int from, byte[] above, byte[] row, int at, int length) {
    int a = 0;
    int c = 0;
    for (int i = 0; i < length; i++) {
      int b = above[at + i] & 0xff;
      a = paeth(source[from + i], a, b, c);
      c = b;
      row[at + i] = (byte) a;
    }
  }

  private static void paeth3(
      byte[] source, int from, byte[] above, byte[] row, int at, int length) {
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
      red = paeth(source[from + i], red, redAbove, redBefore);
      green = paeth(source[from + i + 1], green, greenAbove, greenBefore);
      blue = paeth(source[from + i + 2], blue, blueAbove, blueBefore);
      redBefore = redAbove;
      greenBefore = greenAbove;
      blueBefore = blueAbove;
      row[at + i] = (byte) red;
      row[at + i + 1] = (byte) green;
      row[at + i + 2] = (byte) blue;
    }
  }

  private static void paeth4(
      byte[] source, int from, byte[] above, byte[] row, int at, int length) {
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
      red = paeth(source[from + i], red, redAbove, redBefore);
      green = paeth(source[from + i + 1], green, greenAbove, greenBefore);
      blue = paeth(source[from + i + 2], blue, blueAbove, blueBefore);
      alpha = paeth(source[from + i + 3], alpha, alphaAbove, alphaBefore);
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
   * Returns {@code x + paeth(a, b, c)} modulo 256, where the predictor is whichever of a, b, c is
   * nearest to {@code a + b − c}, in that order of preference (9.4).
   *
   * <p>With lo and hi the lesser and the greater of {@code a − c} and {@code b − c}, it is {@code c
   * + lo} if {@code lo + 2hi ≤ 0}, {@code c + hi} if {@code hi + 2lo ≥ 0}, and {@code c} otherwise;
   * both hold only if lo = hi = 0. Masks instead of branches: on photographs a branch is a coin
   * toss.
   */
  private static int paeth(byte x, int a, int b, int c) {
    int fromA = a - c; // [−255, 255], as are lo and hi
    int fromB = b - c;
    int lo = Math.min(fromA, fromB);
    int hi = Math.max(fromA, fromB);
    int sum = fromA + fromB;
    int low = lo & (sum + hi - 1) >> 31;
    int high = hi & ~((sum + lo) >> 31);
    return (x + c) + (low + high) & 0xff;
  }
}
