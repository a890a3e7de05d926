package dev.miniatura.http;

import java.util.Locale;

/**
 * Why there is no thumbnail, for the client. None of the messages reveals anything about what is
 * behind the service.
 */
enum Problem {
  BAD_PATH(400, "the path cannot be decoded: it must be percent-encoded UTF-8"),
  BAD_SPEC(400, "the spec is not one in canonical form"),
  BAD_KEY(400, "this key is invalid"),
  BAD_SIGNATURE(403, "the signature does not match this path"),
  EXPIRED(403, "the URL has expired"),
  NO_SUCH_PATH(404, "paths are /t/NAME/KEY and /s/SIGNATURE/SPEC/KEY"),
  UNKNOWN_SPEC(404, "there is no spec with this name"),
  NOT_FOUND(404, "the image does not exist"),
  METHOD_NOT_ALLOWED(405, "images are requested with GET or HEAD"),
  UNSUPPORTED_IMAGE(415, "the image has a format or feature that is not supported"),
  MALFORMED_IMAGE(422, "the image is damaged"),
  LIMIT_EXCEEDED(422, "the image exceeds a limit"),
  INTERNAL(500, "the thumbnail could not be made"),
  STORE_FAILED(502, "images cannot be reached"),
  BUSY(503, "too busy; try again"),
  STORE_UNAVAILABLE(503, "images cannot be reached now; try again"),
  CHANGED(503, "the image is being replaced; try again");

  private final int status;
  private final String message;

  Problem(int status, String message) {
    this.status = status;
    this.message = message;
  }

  int status() {
    return status;
  }

  String message() {
    return message;
  }

  /** Returns the name used in answers, which never changes. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether the same request may succeed soon. */
  boolean passes() {
    return status == 503;
  }

  /** Returns whether the problem is the image or its absence, not the request. */
  boolean isOfTheImage() {
    return switch (this) {
      case NOT_FOUND, UNSUPPORTED_IMAGE, MALFORMED_IMAGE, LIMIT_EXCEEDED -> true;
      default -> false;
    };
  }
}
