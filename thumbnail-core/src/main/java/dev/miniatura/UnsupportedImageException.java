package dev.miniatura;

import java.util.Objects;

/** The image may be valid, but uses a format or a feature that this library does not support. */
public final class UnsupportedImageException extends ThumbnailException {

  private static final long serialVersionUID = 1L;

  private final String feature;

  /**
   * Creates the error.
   *
   * @param feature what is not supported, for example {@code JPEG: lossless}
   * @throws NullPointerException if {@code feature} is null
   */
  public UnsupportedImageException(String feature) {
    super("not supported: " + Objects.requireNonNull(feature, "feature"));
    this.feature = feature;
  }

  /**
   * Creates the error.
   *
   * @param feature what is not supported
   * @param cause the reason, for example a missing class
   * @throws NullPointerException if an argument is null
   */
  public UnsupportedImageException(String feature, Throwable cause) {
    this(feature);
    initCause(Objects.requireNonNull(cause, "cause"));
  }

  /** Returns what is not supported. */
  public String feature() {
    return feature;
  }
}
