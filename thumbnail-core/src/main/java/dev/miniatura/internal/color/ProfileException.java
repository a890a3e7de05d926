package dev.miniatura.internal.color;

/** A color profile cannot be used; the message completes "color profile ignored: …". */
final class ProfileException extends Exception {

  private static final long serialVersionUID = 1L;

  ProfileException(String reason) {
    super(reason);
  }
}
