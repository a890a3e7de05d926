package dev.miniatura.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.miniatura.pipeline.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of one change.
 *
 * @param change the change
 * @param name the outcome in one word, as in logs, metrics and answers
 * @param failure whether and how it failed
 * @param detail why, in words; empty if there is nothing to add
 * @param outcome the pipeline's outcome, if there is one
 */
record Result(
    Change change, String name, Failure failure, String detail, Optional<Outcome> outcome) {

  /** Whether something failed, and whether to try again. */
  enum Failure {
    NONE,
    PERMANENT,
    RETRYABLE
  }

  static Result of(Change change, Outcome outcome) {
    Failure failure = Failure.NONE;
    String detail = "";
    if (outcome instanceof Outcome.Failed failed) {
      failure = failed.retryable() ? Failure.RETRYABLE : Failure.PERMANENT;
      detail = failed.failure().text() + ": " + failed.cause().getMessage();
    } else if (outcome instanceof Outcome.Refused refused) {
      failure = Failure.PERMANENT;
      detail = String.valueOf(refused.cause().getMessage());
    } else if (outcome instanceof Outcome.Skipped skipped) {
      detail = skipped.reason().text();
    } else if (outcome instanceof Outcome.Written written) {
      detail = String.join("; ", written.notes());
    }
    return new Result(change, outcome.kind(), failure, detail, Optional.of(outcome));
  }

  /** The result of an event that does not change the object's content. */
  static Result ignored(Change change) {
    return new Result(change, "skipped", Failure.NONE, "other_event", Optional.empty());
  }

  /** A failure before the pipeline was called, caused by the function or its settings. */
  static Result failed(Change change, String detail) {
    return new Result(change, "failed", Failure.RETRYABLE, detail, Optional.empty());
  }

  static Result unfinished(Change change) {
    return new Result(
        change, "unfinished", Failure.RETRYABLE, "the invocation's time is over", Optional.empty());
  }

  /** Returns this result as one to come again, as those who wait for it were not told. */
  Result untold(String reason) {
    return new Result(change, name, Failure.RETRYABLE, reason, outcome);
  }

  boolean retryable() {
    return failure == Failure.RETRYABLE;
  }

  List<Outcome.Item> thumbnails() {
    return outcome.map(Outcome::thumbnails).orElse(List.of());
  }

  /** Returns milliseconds with one decimal, since a thumbnail takes only a few. */
  private static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e5) / 10.0;
  }

  /** Writes the members of an object that describes this. */
  void write(JsonGenerator json) throws IOException {
    json.writeStringField("bucket", change.bucket());
    json.writeStringField("key", change.key());
    if (change.versionId().isPresent()) {
      json.writeStringField("versionId", change.versionId().get());
    }
    json.writeStringField("event", change.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("outcome", name);
    if (failure != Failure.NONE) {
      json.writeBooleanField("retryable", retryable());
    }
    if (!detail.isEmpty()) {
      json.writeStringField("detail", detail);
    }
    writeThumbnails(json);
    if (outcome.isPresent()) {
      Outcome.Timing timing = outcome.get().timing();
      json.writeNumberField("msCheck", millis(timing.check()));
      json.writeNumberField("msGet", millis(timing.get()));
      json.writeNumberField("msDecode", millis(timing.decode()));
      json.writeNumberField("msEncode", millis(timing.encode()));
      json.writeNumberField("msPut", millis(timing.put()));
      json.writeNumberField("bytesIn", timing.bytesIn());
      json.writeNumberField("bytesOut", timing.bytesOut());
    }
  }

  /** Writes the member that lists the thumbnails. */
  void writeThumbnails(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("thumbnails");
    for (Outcome.Item item : thumbnails()) {
      json.writeStartObject();
      json.writeStringField("spec", item.spec());
      json.writeStringField("key", item.key());
      json.writeNumberField("width", item.width());
      json.writeNumberField("height", item.height());
      json.writeNumberField("bytes", item.size());
      json.writeStringField("mediaType", item.mediaType());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
