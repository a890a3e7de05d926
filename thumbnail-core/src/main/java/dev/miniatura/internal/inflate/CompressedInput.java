package dev.miniatura.internal.inflate;

import java.io.IOException;

/**
 * A compressed stream that arrives in segments, for example the IDAT chunks of a PNG. The reader
 * takes the bytes of a segment directly from {@link #array} and requests the {@link #next} one
 * after the last; segments may have any length, including 0.
 */
public abstract class CompressedInput {

  private final String format;

  /** Holds the current segment between {@link #position} and {@link #limit}. */
  public byte[] array = {};

  /** Index of the next byte; the reader advances it, never beyond {@link #limit}. */
  public int position;

  /** Index after the segment's last byte. */
  public int limit;

  /**
   * Creates an input without a first segment.
   *
   * @param format the container's name, for errors
   */
  protected CompressedInput(String format) {
    this.format = format;
  }

  /**
   * Replaces a segment that has been read completely by the following one.
   *
   * @return false at the end of the stream
   */
  public abstract boolean next() throws IOException;

  /** Returns the offset in the source of the byte at {@link #position}. */
  public abstract long offset();

  final String format() {
    return format;
  }
}
