package dev.miniatura.internal.zstd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bits that are read from the end to the start of their bytes (RFC 8878, section 4.1): the highest
 * set bit of the last byte is where they begin. Before the first byte there are zeros.
 */
final class BackwardBits {

  /** Bytes behind the last one that may be loaded along; they mean nothing. */
  static final int SLACK = 8;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] array;
  private final int start;

  /** Number of bits that were not read; negative if more were read than there are. */
  int left;

  private BackwardBits(byte[] array, int start, int left) {
    this.array = array;
    this.start = start;
    this.left = left;
  }

  /** Starts at the end of the bytes from {@code start} to {@code end}. */
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

  /** Returns what {@link #read} would. */
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
