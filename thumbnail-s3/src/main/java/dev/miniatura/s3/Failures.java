package dev.miniatura.s3;

import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Maps errors of the SDK to store errors. The code that S3 sends decides; the status decides if
 * there is no code (a response to HEAD has no body) or the code is not more specific.
 */
final class Failures {

  /** Codes with status 403 that do not mean that the caller is refused. */
  private static final Set<String> NOT_ABOUT_THE_CALLER =
      Set.of("InvalidObjectState", "InvalidPayer");

  /** Codes with status 400 that other credentials would fix. */
  private static final Set<String> CREDENTIALS =
      Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired");

  /** Codes with status 400 for bytes that were damaged in transit. */
  private static final Set<String> BROKEN_ON_THE_WAY =
      Set.of(
          "BadDigest",
          "IncompleteBody",
          "InvalidDigest",
          "RequestTimeout",
          "XAmzContentChecksumMismatch",
          "XAmzContentSHA256Mismatch");

  private static final Set<String> TOO_OFTEN =
      Set.of(
          "SlowDown",
          "ServiceUnavailable",
          "RequestLimitExceeded",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests");

  private Failures() {}

  static IOException translated(SdkException e, String object) {
    if (e instanceof AbortedException) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException(object);
      interrupted.initCause(e);
      return interrupted;
    }
    if (e instanceof AwsServiceException service) {
      String code =
          Optional.ofNullable(service.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
      return new StoreException(
          kind(service.statusCode(), code), object + " (" + describe(service, code) + ")", e);
    }
    return new StoreException(kindOfClient(e), object + " (" + e.getMessage() + ")", e);
  }

  /**
   * Returns a description that ends with the server's own message, which names the policy, key or
   * role.
   */
  private static String describe(AwsServiceException e, String code) {
    String status = code.isEmpty() ? "status " + e.statusCode() : code + ", " + e.statusCode();
    String request = e.requestId() == null ? status : status + ", request " + e.requestId();
    return Optional.ofNullable(e.awsErrorDetails())
        .map(AwsErrorDetails::errorMessage)
        .filter(message -> !message.isBlank())
        .map(message -> request + ": " + message.strip())
        .orElse(request);
  }

  static Kind kind(int status, String code) {
    if (TOO_OFTEN.contains(code)) {
      return Kind.THROTTLED;
    }
    if (BROKEN_ON_THE_WAY.contains(code)) {
      return Kind.NETWORK;
    }
    if (CREDENTIALS.contains(code)) {
      return Kind.ACCESS_DENIED;
    }
    if (NOT_ABOUT_THE_CALLER.contains(code)) {
      return Kind.REJECTED;
    }
    if (code.equals("KeyTooLongError")) {
      return Kind.INVALID_KEY;
    }
    return switch (status) {
      case 401, 403 -> Kind.ACCESS_DENIED;
      // 405: the requested version is a delete marker
      case 404, 405, 410 -> Kind.NOT_FOUND;
      // 416: the object is shorter than expected
      case 409, 412, 416 -> Kind.CONFLICT;
      case 408 -> Kind.NETWORK;
      case 429, 503 -> Kind.THROTTLED;
      case 501 -> Kind.REJECTED;
      default -> status >= 500 ? Kind.NETWORK : Kind.REJECTED;
    };
  }

  /** Returns the kind of an error that no server reported. */
  private static Kind kindOfClient(SdkException e) {
    if (e.retryable()
        || e instanceof ApiCallTimeoutException
        || e instanceof ApiCallAttemptTimeoutException
        || isCausedByIo(e)
        || says(e, "different checksum")) {
      return Kind.NETWORK;
    }
    return says(e, "credentials") ? Kind.ACCESS_DENIED : Kind.REJECTED;
  }

  private static boolean isCausedByIo(SdkException e) {
    for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether the message of an error contains some words: the SDK has no types for these.
   */
  private static boolean says(SdkException e, String words) {
    return e.getMessage() != null && e.getMessage().contains(words);
  }
}
