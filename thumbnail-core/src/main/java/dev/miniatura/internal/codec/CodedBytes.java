package dev.miniatura.internal.codec;

import java.util.Objects;

/** A range of bytes of the source. The array is not copied and must not be changed. */
public final class CodedBytes {

  private final byte[] array;
  private final int start;
  private final int end;
  private final long position;

  /**
   * Creates a range.
   *
   * @param array the array with the bytes
   * @param start index of the first byte
   * @param end index after the last byte
   * @param position position of the first byte in the source, for messages
   */
  public CodedBytes(byte[] array, int start, int end, long position) {
    Objects.checkFromToIndex(start, end, array.length);
    this.array = array;
    this.start = start;
    this.end = end;
    this.position = position;
  }

  /** Returns all bytes of an array. */
  public static CodedBytes of(byte[] array, long position) {
    return new CodedBytes(array, 0, array.length, position);
  }

  /** Returns the array that holds the bytes. */
  public byte[] array() {
    return array;
  }

  /** Returns the index of the first byte. */
  public int start() {
    return start;
  }

  /** Returns the index after the last byte. */
  public int end() {
    return end;
  }

  /** Returns the position of the first byte in the source. */
  public long position() {
    return position;
  }

  /** Returns the number of bytes. */
  public int length() {
    return end - start;
  }
}
