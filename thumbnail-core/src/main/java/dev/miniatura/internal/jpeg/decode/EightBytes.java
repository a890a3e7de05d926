package dev.miniatura.internal.jpeg.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time, the first one in the top bits. */
final class EightBytes {

  static final int COUNT = 8;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private EightBytes() {}

  static long get(byte[] array, int index) {
    return (long) LONG.get(array, index);
  }

  static void put(byte[] array, int index, long bytes) {
    LONG.set(array, index, bytes);
  }

  /** Whether one of the bytes is {@code FF}: the usual test for a zero byte, on the complement. */
  static boolean containFF(long bytes) {
    return ((~bytes - LOW_BITS) & bytes & HIGH_BITS) != 0;
  }
}
