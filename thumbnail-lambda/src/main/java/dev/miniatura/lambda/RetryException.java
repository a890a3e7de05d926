package dev.miniatura.lambda;

import java.io.IOException;

/** The event must be delivered again, since some of its objects may then succeed. */
final class RetryException extends IOException {

  private static final long serialVersionUID = 1L;

  RetryException(String message) {
    super(message);
  }
}
