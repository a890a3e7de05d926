package dev.miniatura;

import java.util.Objects;

/**
 * There was not enough memory or processor time for the image at this moment. Nothing is wrong with
 * the image: the same call may succeed later, when other work has ended.
 *
 * @see Thumbnailer#withMemoryBudget
 */
public final class BusyException extends ThumbnailException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param reason what there was not enough of, and how long it was waited for
   * @throws NullPointerException if {@code reason} is null
   */
  public BusyException(String reason) {
    super("busy: " + Objects.requireNonNull(reason, "reason"));
  }

  /**
   * Creates the error for a heap that is exhausted though the budget was not.
   *
   * @param cause what the virtual machine reports
   * @throws NullPointerException if {@code cause} is null
   */
  public BusyException(OutOfMemoryError cause) {
    this("the heap is exhausted (" + Objects.requireNonNull(cause, "cause").getMessage() + ")");
    initCause(cause);
  }
}
