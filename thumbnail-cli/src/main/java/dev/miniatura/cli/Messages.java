package dev.miniatura.cli;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Describes errors in one line that tells the user what to do. */
final class Messages {

  private Messages() {}

  static String of(Throwable error) {
    if (error instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (error instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    if (error instanceof UncheckedIOException && error.getCause() != null) {
      return of(error.getCause());
    }
    String message = error.getMessage();
    return message == null ? error.toString() : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
