package dev.miniatura;

import java.util.Objects;

/**
 * Not enough memory or processor time was available for the image. Nothing is wrong with the image:
 * the same call may succeed later, when other work has finished.
 *
 * @see Thumbnailer#withMemoryBudget
 */
public final class BusyException extends ThumbnailException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param reason what was lacking, and how long the call waited for it
   * @throws NullPointerException if {@code reason} is null
   */
  public BusyException(String reason) {
    super("busy: " + Objects.requireNonNull(reason, "reason"));
  }

  /**
   * Creates the error for a heap that is exhausted although the budget was not.
   *
   * @param cause the error of the virtual machine
   * @throws NullPointerException if {@code cause} is null
   */
  public BusyException(OutOfMemoryError cause) {
    this("the heap is exhausted (" + Objects.requireNonNull(cause, "cause").getMessage() + ")");
    initCause(cause);
  }
}
