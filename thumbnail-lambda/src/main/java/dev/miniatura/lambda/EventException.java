package dev.miniatura.lambda;

import java.io.IOException;

/** An event that the function does not understand, and never will. */
final class EventException extends IOException {

  private static final long serialVersionUID = 1L;

  EventException(String message) {
    super(message);
  }

  EventException(String message, Throwable cause) {
    super(message, cause);
  }
}
