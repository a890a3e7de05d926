package dev.miniatura.cli;

/** What the command was given, or what it finds around it, does not let it begin. */
final class SetupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SetupException(String message) {
    super(message);
  }

  SetupException(String message, Throwable cause) {
    super(message, cause);
  }
}
