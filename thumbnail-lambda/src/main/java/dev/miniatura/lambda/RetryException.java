package dev.miniatura.lambda;

import java.io.IOException;

/** The event is to be delivered again, as some of its objects may succeed then. */
final class RetryException extends IOException {

  private static final long serialVersionUID = 1L;

  RetryException(String message) {
    super(message);
  }
}
