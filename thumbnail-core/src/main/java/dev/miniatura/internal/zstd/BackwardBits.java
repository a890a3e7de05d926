package dev.miniatura.internal.zstd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bits that are read from the end of their bytes to the start (RFC 8878, section 4.1), beginning
 * below the highest set bit of the last byte. Zeros are read before the first byte.
 */
final class BackwardBits {

  /** How many bytes after the last one may be loaded too; their values do not matter. */
  static final int SLACK = 8;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] array;
  private final int start;

  /** The number of bits left; negative if more were read than there are. */
  int left;

  private BackwardBits(byte[] array, int start, int left) {
    this.array = array;
    this.start = start;
    this.left = left;
  }

  /** Creates a reader of the bytes from {@code start} to {@code end}. */
  static BackwardBits of(byte[] array, int start, int end) throws BrokenBlock {
    int last = end > start ? array[end - 1] & 0xff : 0;
    BrokenBlock.check(last != 0, "a bitstream without an end mark");
    int marked = 31 - Integer.numberOfLeadingZeros(last);
    return new BackwardBits(array, start, 8 * (end - 1 - start) + marked);
  }

  /** Reads up to 31 bits. */
  int read(int count) {
    int value = peek(count);
    left -= count;
    return value;
  }

  /** Returns what {@link #read} would, without reading it. */
  int peek(int count) {
    int low = left - count;
    if (low >= 0) {
      long bits = (long) LONG.get(array, start + (low >>> 3)) >>> (low & 7);
      return (int) (bits & ((1L << count) - 1));
    }
    if (left <= 0) {
      return 0;
    }
    long bits = (long) LONG.get(array, start) & ((1L << left) - 1);
    return (int) (bits << -low);
  }
}
