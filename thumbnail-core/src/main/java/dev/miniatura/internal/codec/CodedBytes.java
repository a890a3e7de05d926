package dev.miniatura.internal.codec;

import java.util.Objects;

/** A range of bytes of the source. The array is not copied, and no one changes it. */
public final class CodedBytes {

  private final byte[] array;
  private final int start;
  private final int end;
  private final long position;

  /**
   * Creates a range.
   *
   * @param array holds the bytes
   * @param start index of the first
   * @param end index after the last
   * @param position of the first in the source, for messages
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

  /** Returns the array that holds them. */
  public byte[] array() {
    return array;
  }

  /** Returns the index of the first. */
  public int start() {
    return start;
  }

  /** Returns the index after the last. */
  public int end() {
    return end;
  }

  /** Returns where the first is in the source. */
  public long position() {
    return position;
  }

  /** Returns how many there are. */
  public int length() {
    return end - start;
  }
}
