package dev.miniatura.cli;

/** The command cannot begin, because of its arguments or its environment. */
final class SetupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SetupException(String message) {
    super(message);
  }

  SetupException(String message, Throwable cause) {
    super(message, cause);
  }
}
