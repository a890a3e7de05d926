package dev.miniatura.internal.png;

import dev.miniatura.internal.bytes.ByteViews;
import java.util.Arrays;

/**
 * Filters rows (PNG 9.2), choosing for each the type whose output, as signed bytes, has the
 * smallest sum of absolute values (PNG 12.7), or the first of several.
 *
 * <p>Rows and candidates are kept in whole longs. Surplus bytes of a candidate are zero and add
 * nothing to a sum.
 */
final class RowFilter {

  private static final int TYPES = 5;
  private static final int NONE = 0;
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int AVERAGE = 3;

  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long LANES = 0x00ff_00ff_00ff_00ffL;
  private static final long LANE_SIGNS = 0x8000_8000_8000_8000L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  /** The number of longs whose absolute values, at most 256 for each lane, fit in a 16-bit lane. */
  private static final int MAX_PER_LANE = 255;

  private final int pixelBytes;
  private final int rowBytes;
  private final int paddedBytes;

  /**
   * The row above and the current row, each preceded by {@link #pixelBytes} zeros, which stand for
   * the pixels left of the image.
   */
  private byte[] above;

  private byte[] current;

  /** One candidate per filter type. */
  private final byte[][] candidates;

  /** Creates a filter for a picture, whose rows are passed from the top. */
  RowFilter(RowSource source) {
    pixelBytes = source.bitsPerPixel() / 8;
    rowBytes = source.rowBytes();
    paddedBytes = (rowBytes + 7) / 8 * 8;
    above = new byte[pixelBytes + paddedBytes];
    current = new byte[pixelBytes + paddedBytes];
    candidates = new byte[TYPES][paddedBytes];
  }

  /** Stores the next row, filtered, from index {@code at} of {@code out}, its type first. */
  void filter(byte[] row, byte[] out, int at) {
    System.arraycopy(row, 0, current, pixelBytes, rowBytes);
    int best = NONE;
    long min = Long.MAX_VALUE;
    for (int type = 0; type < TYPES; type++) {
      apply(type, candidates[type]);
      long sum = sumOfAbsolutes(candidates[type]);
      if (sum < min) {
        min = sum;
        best = type;
      }
    }
    out[at] = (byte) best;
    System.arraycopy(candidates[best], 0, out, at + 1, rowBytes);
    byte[] swapped = above;
    above = current;
    current = swapped;
  }

  /**
   * Adds up eight bytes at a time. A negative byte becomes its absolute value by inverting it and
   * adding one, which produces no carry: the result is at most 128.
   */
  private static long sumOfAbsolutes(byte[] bytes) {
    long sum = 0;
    for (int from = 0; from < bytes.length; from += Long.BYTES * MAX_PER_LANE) {
      int end = Math.min(bytes.length, from + Long.BYTES * MAX_PER_LANE);
      long lanes = 0;
      for (int i = from; i < end; i += Long.BYTES) {
        long eight = ByteViews.longLe(bytes, i);
        long negative = eight >>> 7 & LOW_BITS;
        long absolute = (eight ^ negative * 0xff) + negative;
        lanes += (absolute & LANES) + (absolute >>> 8 & LANES);
      }
      sum += (lanes & 0xffff) + (lanes >>> 16 & 0xffff) + (lanes >>> 32 & 0xffff) + (lanes >>> 48);
    }
    return sum;
  }

  private void apply(int type, byte[] out) {
    byte[] row = current;
    byte[] up = above;
    int distance = pixelBytes;
    int length = rowBytes;
    switch (type) {
      case NONE -> System.arraycopy(row, distance, out, 0, length);
      case SUB -> {
        for (int i = 0; i < length; i++) {
          out[i] = (byte) (row[i + distance] - row[i]);
        }
      }
      case UP -> {
        for (int i = 0; i < length; i++) {
          out[i] = (byte) (row[i + distance] - up[i + distance]);
        }
      }
      case AVERAGE -> averages(row, up, distance, out);
      default -> paeth(row, up, distance, out);
    }
    Arrays.fill(out, length, out.length, (byte) 0);
  }

  /** Subtracts {@code ⌊(a + b) / 2⌋} from eight bytes at a time; a + b = 2 (a & b) + (a ^ b). */
  private static void averages(byte[] row, byte[] up, int distance, byte[] out) {
    for (int i = 0; i < out.length; i += Long.BYTES) {
      long a = ByteViews.longLe(row, i);
      long b = ByteViews.longLe(up, i + distance);
      long mean = (a & b) + ((a ^ b) >>> 1 & ~HIGH_BITS);
      ByteViews.putLongLe(out, i, difference(ByteViews.longLe(row, i + distance), mean));
    }
  }

  /** Subtracts Paeth's prediction from eight bytes at a time. */
  private static void paeth(byte[] row, byte[] up, int distance, byte[] out) {
    for (int i = 0; i < out.length; i += Long.BYTES) {
      long a = ByteViews.longLe(row, i);
      long b = ByteViews.longLe(up, i + distance);
      long c = ByteViews.longLe(up, i);
      long even = paeth(a & LANES, b & LANES, c & LANES);
      long odd = paeth(a >>> 8 & LANES, b >>> 8 & LANES, c >>> 8 & LANES);
      long prediction = even | odd << 8;
      ByteViews.putLongLe(out, i, difference(ByteViews.longLe(row, i + distance), prediction));
    }
  }

  /** Subtracts eight bytes from eight others, each modulo 256: the highest bits without borrows. */
  private static long difference(long x, long y) {
    return ((x | HIGH_BITS) - (y & ~HIGH_BITS)) ^ (~(x ^ y) & HIGH_BITS);
  }

  /**
   * Returns, for each of four lanes, whichever of left, up and upper left is nearest to left + up −
   * upper left (PNG 9.4), without branches. With low and high the smaller and the larger of left
   * and up, d = upper left − low and e = high − upper left, the estimate is e from low, d from high
   * and |d − e| from upper left. So low is nearest where 2e ≤ d, that is 3 upper left ≥ left + up +
   * high, and high where 2d ≤ e. Left and up tie only if equal, or if upper left is nearer.
   */
  private static long paeth(long left, long up, long upperLeft) {
    long different = left ^ up;
    long high = up ^ (different & notLess(left, up));
    long low = high ^ different;
    long sum = left + up;
    long thrice = 3 * upperLeft;
    long nearest = upperLeft ^ ((upperLeft ^ low) & notLess(thrice, sum + high));
    return nearest ^ ((nearest ^ high) & notLess(sum + low, thrice));
  }

  /** Returns the lanes, at most 2^15 − 1, in which x ≥ y as bits 0 to 14, all set. */
  private static long notLess(long x, long y) {
    long not = ((x | LANE_SIGNS) - y) & LANE_SIGNS;
    return not - (not >>> 15);
  }
}
