package dev.miniatura.internal.png;

import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.inflate.ZlibWindow;

/**
 * Reverses the filters of PNG, third edition, section 9: each byte was stored as its difference
 * from a prediction based on {@code a}, the byte one pixel to the left, {@code b}, the one above,
 * and {@code c}, the one above {@code a}.
 *
 * <p>Every method restores {@code row[0]} to {@code row[length - 1]} from {@code in[from]} onwards;
 * {@code above} holds the row above. {@code distance}, the bytes of a pixel, divides {@code
 * length}. After each of the three arrays' data, the caller provides {@value #SLACK} bytes: pixels
 * are loaded and stored in whole ints or longs, and the bytes read or written beyond a pixel are
 * meaningless and overwritten by the next.
 *
 * <p><b>Why this shape.</b> All filters except Up depend on the pixel to the left, which therefore
 * stays in local variables: when it was read back from the row, Sub took 10 to 19 ns per RGB pixel
 * instead of 0.5 (JDK 17).
 *
 * <p>Reference: UnfilterReference (test), equal for every byte.
 */
final class Unfilter {

  static final int NONE = 0;
  static final int SUB = 1;
  static final int UP = 2;
  static final int AVERAGE = 3;
  static final int PAETH = 4;

  /** The number of bytes after a row that may be read and, in the restored row, written. */
  static final int SLACK = ZlibWindow.READABLE;

  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long LANES = 0x00ff_00ff_00ff_00ffL;

  private Unfilter() {}

  /** Restores a row that was filtered with type {@code filter}, 0 to 4. */
  static void restore(
      int filter, byte[] in, int from, byte[] above, byte[] row, int length, int distance) {
    switch (filter) {
      case SUB -> {
        if (distance == 1) {
          sub1(in, from, row, length);
        } else {
          sub(in, from, row, length, distance);
        }
      }
      case UP -> up(in, from, above, row, length);
      case AVERAGE -> {
        switch (distance) {
          case 1 -> average1(in, from, above, row, length);
          case 3 -> average3(in, from, above, row, length);
          case 4 -> average4(in, from, above, row, length);
          default -> average(in, from, above, row, length, distance);
        }
      }
      case PAETH -> {
        switch (distance) {
          case 1 -> paeth1(in, from, above, row, length);
          case 3 -> paeth3(in, from, above, row, length);
          case 4 -> paeth4(in, from, above, row, length);
          default -> {
            for (int c = 0; c < distance; c += 2) {
              paeth2(in, from, above, row, c, length, distance);
            }
          }
        }
      }
      default -> System.arraycopy(in, from, row, 0, length);
    }
  }

  private static void sub(byte[] in, int from, byte[] row, int length, int distance) {
    long a = 0;
    for (int i = 0; i < length; i += distance) {
      a = sum(ByteViews.longLe(in, from + i), a);
      ByteViews.putLongLe(row, i, a);
    }
  }

  private static void sub1(byte[] in, int from, byte[] row, int length) {
    int a = 0;
    for (int i = 0; i < length; i++) {
      a += in[from + i];
      row[i] = (byte) a;
    }
  }

  private static void up(byte[] in, int from, byte[] above, byte[] row, int length) {
    for (int i = 0; i < length; i += Long.BYTES) {
      ByteViews.putLongLe(row, i, sum(ByteViews.longLe(in, from + i), ByteViews.longLe(above, i)));
    }
  }

  private static void average(
      byte[] in, int from, byte[] above, byte[] row, int length, int distance) {
    long a = 0;
    for (int i = 0; i < length; i += distance) {
      long b = ByteViews.longLe(above, i);
      long mean = (a & b) + (((a ^ b) & ~(HIGH_BITS >>> 7)) >>> 1); // a + b = 2 (a & b) + (a ^ b)
      a = sum(ByteViews.longLe(in, from + i), mean);
      ByteViews.putLongLe(row, i, a);
    }
  }

  /**
   * Adds eight bytes to eight others, each modulo 256: the highest bits separately, without
   * carries.
   */
  private static long sum(long x, long y) {
    return ((x & ~HIGH_BITS) + (y & ~HIGH_BITS)) ^ ((x ^ y) & HIGH_BITS);
  }

  private static void average1(byte[] in, int from, byte[] above, byte[] row, int length) {
    int a = 0;
    for (int i = 0; i < length; i++) {
      int known = (above[i] & 0xff) + 2 * (in[from + i] & 0xff);
      a = (a + known) >> 1 & 0xff;
      row[i] = (byte) a;
    }
  }

  private static void average3(byte[] in, int from, byte[] above, byte[] row, int length) {
    long a = 0;
    for (int i = 0; i < length; i += 3) {
      a = average(lanes(in, from + i), a, lanes(above, i));
      ByteViews.putIntLe(row, i, packed(a));
    }
  }

  private static void average4(byte[] in, int from, byte[] above, byte[] row, int length) {
    long a = 0;
    for (int i = 0; i < length; i += 4) {
      a = average(lanes(in, from + i), a, lanes(above, i));
      ByteViews.putIntLe(row, i, packed(a));
    }
  }

  /** Spreads four bytes to lanes of 16 bits: the first, the third, the second, the fourth. */
  private static long lanes(byte[] bytes, int at) {
    long four = ByteViews.intLe(bytes, at) & 0xffff_ffffL;
    return (four | four << 24) & LANES;
  }

  private static int packed(long lanes) {
    return (int) (lanes | lanes >>> 24);
  }

  /**
   * Returns {@code x + ⌊(a + b) / 2⌋} modulo 256 as {@code ⌊(a + (b + 2x)) / 2⌋}, for each lane:
   * only {@code a} depends on the previous pixel, and it takes part in only three operations. A sum
   * is at most 1020, and the bit that it shifts into the lane below is masked.
   */
  private static long average(long x, long a, long b) {
    return (a + (b + 2 * x)) >>> 1 & LANES;
  }

  private static void paeth1(byte[] in, int from, byte[] above, byte[] row, int length) {
    int a = 0;
    int c = 0;
    for (int i = 0; i < length; i++) {
      int b = above[i] & 0xff;
      a = paeth(in[from + i], a, b, c);
      c = b;
      row[i] = (byte) a;
    }
  }

  /** Restores the bytes {@code start} and {@code start + 1} of each pixel. */
  private static void paeth2(
      byte[] in, int from, byte[] above, byte[] row, int start, int length, int distance) {
    int first = 0;
    int second = 0;
    int firstBefore = 0;
    int secondBefore = 0;
    for (int i = start; i < length; i += distance) {
      int firstAbove = above[i] & 0xff;
      int secondAbove = above[i + 1] & 0xff;
      first = paeth(in[from + i], first, firstAbove, firstBefore);
      second = paeth(in[from + i + 1], second, secondAbove, secondBefore);
      firstBefore = firstAbove;
      secondBefore = secondAbove;
      row[i] = (byte) first;
      row[i + 1] = (byte) second;
    }
  }

  private static void paeth3(byte[] in, int from, byte[] above, byte[] row, int length) {
    int red = 0;
    int green = 0;
    int blue = 0;
    int redBefore = 0;
    int greenBefore = 0;
    int blueBefore = 0;
    for (int i = 0; i < length; i += 3) {
      int redAbove = above[i] & 0xff;
      int greenAbove = above[i + 1] & 0xff;
      int blueAbove = above[i + 2] & 0xff;
      red = paeth(in[from + i], red, redAbove, redBefore);
      green = paeth(in[from + i + 1], green, greenAbove, greenBefore);
      blue = paeth(in[from + i + 2], blue, blueAbove, blueBefore);
      redBefore = redAbove;
      greenBefore = greenAbove;
      blueBefore = blueAbove;
      row[i] = (byte) red;
      row[i + 1] = (byte) green;
      row[i + 2] = (byte) blue;
    }
  }

  private static void paeth4(byte[] in, int from, byte[] above, byte[] row, int length) {
    int red = 0;
    int green = 0;
    int blue = 0;
    int alpha = 0;
    int redBefore = 0;
    int greenBefore = 0;
    int blueBefore = 0;
    int alphaBefore = 0;
    for (int i = 0; i < length; i += 4) {
      int redAbove = above[i] & 0xff;
      int greenAbove = above[i + 1] & 0xff;
      int blueAbove = above[i + 2] & 0xff;
      int alphaAbove = above[i + 3] & 0xff;
      red = paeth(in[from + i], red, redAbove, redBefore);
      green = paeth(in[from + i + 1], green, greenAbove, greenBefore);
      blue = paeth(in[from + i + 2], blue, blueAbove, blueBefore);
      alpha = paeth(in[from + i + 3], alpha, alphaAbove, alphaBefore);
      redBefore = redAbove;
      greenBefore = greenAbove;
      blueBefore = blueAbove;
      alphaBefore = alphaAbove;
      row[i] = (byte) red;
      row[i + 1] = (byte) green;
      row[i + 2] = (byte) blue;
      row[i + 3] = (byte) alpha;
    }
  }

  /**
   * Returns {@code x + paeth(a, b, c)} modulo 256. The difference between the prediction and {@code
   * c} depends only on {@code a − c} and {@code b − c}, both in [−255, 255]: one load replaces some
   * ten operations, on which each of a pixel's three or four samples would wait. In photographs the
   * differences are small, so the part of the table that is used fits in the first-level cache.
   */
  private static int paeth(byte x, int a, int b, int c) {
    return x + c + PaethTable.OFFSETS[PaethTable.index(a - c, b - c)] & 0xff;
  }

  /** The Paeth predictor (9.4) minus {@code c}, modulo 256, by {@code a − c} and {@code b − c}. */
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
