package dev.miniatura.internal.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Several bytes of an array as one number, at any index; {@code Le} is little-endian, {@code Be}
 * big-endian. Each view is created on first use, because that takes milliseconds and few pictures
 * need them all.
 */
public final class ByteViews {

  private ByteViews() {}

  /** Returns eight bytes. */
  public static long longLe(byte[] array, int index) {
    return (long) LongLe.VIEW.get(array, index);
  }

  /** Sets eight bytes. */
  public static void putLongLe(byte[] array, int index, long value) {
    LongLe.VIEW.set(array, index, value);
  }

  /** Returns eight bytes. */
  public static long longBe(byte[] array, int index) {
    return (long) LongBe.VIEW.get(array, index);
  }

  /** Sets eight bytes. */
  public static void putLongBe(byte[] array, int index, long value) {
    LongBe.VIEW.set(array, index, value);
  }

  /** Returns four bytes. */
  public static int intLe(byte[] array, int index) {
    return (int) IntLe.VIEW.get(array, index);
  }

  /** Sets four bytes. */
  public static void putIntLe(byte[] array, int index, int value) {
    IntLe.VIEW.set(array, index, value);
  }

  /** Returns four bytes. */
  public static int intBe(byte[] array, int index) {
    return (int) IntBe.VIEW.get(array, index);
  }

  /** Sets four bytes. */
  public static void putIntBe(byte[] array, int index, int value) {
    IntBe.VIEW.set(array, index, value);
  }

  /** Sets two bytes. */
  public static void putShortLe(byte[] array, int index, short value) {
    ShortLe.VIEW.set(array, index, value);
  }

  private static VarHandle view(Class<?> arrayType, ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, order);
  }

  private static final class LongLe {
    static final VarHandle VIEW = view(long[].class, ByteOrder.LITTLE_ENDIAN);
  }

  private static final class LongBe {
    static final VarHandle VIEW = view(long[].class, ByteOrder.BIG_ENDIAN);
  }

  private static final class IntLe {
    static final VarHandle VIEW = view(int[].class, ByteOrder.LITTLE_ENDIAN);
  }

  private static final class IntBe {
    static final VarHandle VIEW = view(int[].class, ByteOrder.BIG_ENDIAN);
  }

  private static final class ShortLe {
    static final VarHandle VIEW = view(short[].class, ByteOrder.LITTLE_ENDIAN);
  }
}
