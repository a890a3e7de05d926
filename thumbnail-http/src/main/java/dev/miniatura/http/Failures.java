package dev.miniatura.http;

import dev.miniatura.pipeline.Outcome;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Maps failures to what clients are told. */
final class Failures {

  private Failures() {}

  static ProblemException of(IOException error) {
    if (error instanceof StoreException store) {
      return new ProblemException(
          switch (store.kind()) {
            case NOT_FOUND -> Problem.NOT_FOUND;
            case INVALID_KEY -> Problem.BAD_KEY;
            case CONFLICT -> Problem.CHANGED;
            case THROTTLED, NETWORK -> Problem.STORE_UNAVAILABLE;
            case ACCESS_DENIED, REJECTED -> Problem.STORE_FAILED;
          },
          error);
    }
    return new ProblemException(Problem.STORE_FAILED, error);
  }

  static ProblemException of(UncheckedIOException error) {
    return error.getCause() == null
        ? new ProblemException(Problem.INTERNAL, error)
        : of(error.getCause());
  }

  /** Returns the reason why an outcome has no thumbnail. */
  static ProblemException of(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      return new ProblemException(Problem.LIMIT_EXCEEDED, refused.cause());
    }
    if (outcome instanceof Outcome.Failed failed) {
      return new ProblemException(problem(failed.failure()), failed.cause());
    }
    return new ProblemException(Problem.NOT_FOUND);
  }

  private static Problem problem(Outcome.Failure failure) {
    return switch (failure) {
      case MALFORMED -> Problem.MALFORMED_IMAGE;
      case UNSUPPORTED -> Problem.UNSUPPORTED_IMAGE;
      case INVALID_KEY -> Problem.BAD_KEY;
      case CONFLICT -> Problem.CHANGED;
      case BUSY, INTERRUPTED, OUT_OF_MEMORY -> Problem.BUSY;
      case THROTTLED, NETWORK -> Problem.STORE_UNAVAILABLE;
      case NOT_FOUND, ACCESS_DENIED, REJECTED, IO -> Problem.STORE_FAILED;
      case COLLISION, INTERNAL -> Problem.INTERNAL;
    };
  }
}
