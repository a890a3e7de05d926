package dev.miniatura;

import java.util.Objects;

/** Rendering the image would exceed one of the engine's {@link Limits}. */
public final class LimitExceededException extends ThumbnailException {

  private static final long serialVersionUID = 1L;

  private final Limits.Kind limit;
  private final long allowed;
  private final long actual;

  /**
   * Creates the error.
   *
   * @param limit the limit that was exceeded
   * @param allowed the limit's value, in its unit
   * @param actual what the image has or needs, in the same unit; the smallest value known to exceed
   *     the limit if the exact one is unknown
   * @throws NullPointerException if {@code limit} is null
   */
  public LimitExceededException(Limits.Kind limit, long allowed, long actual) {
    super(
        Objects.requireNonNull(limit, "limit").text()
            + ": "
            + actual
            + " exceeds the limit of "
            + allowed);
    this.limit = limit;
    this.allowed = allowed;
    this.actual = actual;
  }

  /** Returns the limit that was exceeded. */
  public Limits.Kind limit() {
    return limit;
  }

  /** Returns the limit's value. */
  public long allowed() {
    return allowed;
  }

  /** Returns what the image has or needs. */
  public long actual() {
    return actual;
  }
}
