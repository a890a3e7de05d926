package dev.miniatura;

import java.util.Objects;

/** The bytes violate their format so far that they cannot be rendered. */
public final class MalformedImageException extends ThumbnailException {

  private static final long serialVersionUID = 1L;

  private final String format;
  private final long offset;
  private final String reason;

  /**
   * Creates the error.
   *
   * @param format the container's name, for example {@code JPEG}
   * @param offset byte position in the source at which the fault was found, or −1 if unknown
   * @param reason what is wrong, in the terms of the format's specification
   * @throws NullPointerException if an argument is null
   */
  public MalformedImageException(String format, long offset, String reason) {
    super(
        Objects.requireNonNull(format, "format")
            + ": "
            + Objects.requireNonNull(reason, "reason")
            + (offset < 0 ? "" : " (at byte " + offset + ")"));
    this.format = format;
    this.offset = offset;
    this.reason = reason;
  }

  /** Returns the container's name. */
  public String format() {
    return format;
  }

  /** Returns the byte position in the source at which the fault was found, or −1 if unknown. */
  public long offset() {
    return offset;
  }

  /** Returns what is wrong. */
  public String reason() {
    return reason;
  }
}
