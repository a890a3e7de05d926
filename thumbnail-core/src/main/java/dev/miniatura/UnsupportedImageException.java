package dev.miniatura;

/** The image may be valid, but uses a format or a feature that this library does not render. */
public final class UnsupportedImageException extends ThumbnailException {

  private static final long serialVersionUID = 1L;

  private final String feature;

  /**
   * Creates the error.
   *
   * @param feature what is not supported, for example {@code JPEG: arithmetic coding}
   */
  public UnsupportedImageException(String feature) {
    super("not supported: " + feature);
    this.feature = feature;
  }

  /** Returns what is not supported. */
  public String feature() {
    return feature;
  }
}
