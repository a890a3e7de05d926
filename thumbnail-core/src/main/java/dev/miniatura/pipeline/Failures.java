package dev.miniatura.pipeline;

import dev.miniatura.BusyException;
import dev.miniatura.LimitExceededException;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.pipeline.Outcome.Failure;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;

/** Maps errors to outcomes. */
final class Failures {

  private Failures() {}

  static Outcome outcome(String source, Throwable error, Outcome.Timing timing) {
    if (error instanceof LimitExceededException limit) {
      return new Outcome.Refused(source, limit, timing);
    }
    if (error instanceof UncheckedIOException && error.getCause() != null) {
      return outcome(source, error.getCause(), timing);
    }
    return new Outcome.Failed(source, kind(error), error, timing);
  }

  /** Returns whether an error is about the image rather than its environment. */
  static boolean isFinal(Throwable error) {
    return error instanceof LimitExceededException || !kind(error).retryable();
  }

  private static Failure kind(Throwable error) {
    if (error instanceof MalformedImageException) {
      return Failure.MALFORMED;
    }
    if (error instanceof UnsupportedImageException) {
      return Failure.UNSUPPORTED;
    }
    if (error instanceof BusyException) {
      return Failure.BUSY;
    }
    if (error instanceof CollisionException) {
      return Failure.COLLISION;
    }
    if (error instanceof ClosedByInterruptException
        || (error instanceof InterruptedIOException && Thread.currentThread().isInterrupted())) {
      return Failure.INTERRUPTED;
    }
    if (error instanceof StoreException store) {
      return switch (store.kind()) {
        case NOT_FOUND -> Failure.NOT_FOUND;
        case ACCESS_DENIED -> Failure.ACCESS_DENIED;
        case CONFLICT -> Failure.CONFLICT;
        case THROTTLED -> Failure.THROTTLED;
        case NETWORK -> Failure.NETWORK;
        case INVALID_KEY -> Failure.INVALID_KEY;
        case REJECTED -> Failure.REJECTED;
      };
    }
    if (error instanceof IOException) {
      return Failure.IO;
    }
    return error instanceof OutOfMemoryError ? Failure.OUT_OF_MEMORY : Failure.INTERNAL;
  }

  /** A thumbnail of another source already has the key of one of this source's thumbnails. */
  static final class CollisionException extends IOException {

    private static final long serialVersionUID = 1L;

    CollisionException(String key) {
      this(key, "' is a thumbnail of another source; a key template with {key} keeps them apart");
    }

    private CollisionException(String key, String what) {
      super("'" + key + what);
    }

    /** Returns the error for a key held by an object that is not known to be a thumbnail. */
    static CollisionException withOther(String key) {
      return new CollisionException(
          key, "' exists and is not known to be a thumbnail; remove it or use another suffix");
    }
  }
}
