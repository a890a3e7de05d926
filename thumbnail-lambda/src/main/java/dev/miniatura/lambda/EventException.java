package dev.miniatura.lambda;

import java.io.IOException;

/** An event is not one that the function understands; the same event will never be. */
final class EventException extends IOException {

  private static final long serialVersionUID = 1L;

  EventException(String message) {
    super(message);
  }

  EventException(String message, Throwable cause) {
    super(message, cause);
  }
}
