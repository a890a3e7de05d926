package dev.miniatura.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.pipeline.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The result for one source, in words: an outcome of the pipeline, or a problem before that.
 *
 * @param name one word, as counted in the summary
 * @param source the name of the source
 * @param reason the reason
 * @param group the group within the same name in the summary; {@code ""} for none
 * @param bad whether it affects the exit code
 * @param outcome the pipeline's outcome, if there is one
 */
record Result(
    String name,
    String source,
    String reason,
    String group,
    boolean bad,
    Optional<Outcome> outcome) {

  static final String SKIPPED = "skipped";
  static final String INTERRUPTED = "interrupted";

  /**
   * Extensions of files that can usually be read: if such a file cannot, its content says more than
   * its name.
   */
  private static final Set<String> USUAL =
      Set.of("", "JPG", "JPEG", "PNG", "GIF", "WEBP", "TIF", "TIFF", "BMP");

  static Result of(Origin origin, Outcome outcome) {
    String source = origin.name(outcome.source());
    if (outcome instanceof Outcome.Failed failed) {
      return ofFailure(origin, source, failed);
    }
    String name = outcome.kind();
    if (outcome instanceof Outcome.Refused refused) {
      String group = words(refused.cause().limit());
      return new Result(name, source, reason(outcome), group, true, Optional.of(outcome));
    }
    String group = outcome instanceof Outcome.Skipped skipped ? words(skipped.reason()) : "";
    return new Result(name, source, reason(outcome), group, false, Optional.of(outcome));
  }

  /**
   * Returns the result of a failure. A folder or bucket of photos may contain other files; only a
   * file that was named must be an image.
   */
  private static Result ofFailure(Origin origin, String source, Outcome.Failed failed) {
    String name = failed.kind();
    String group = words(failed.failure());
    boolean bad = true;
    if (failed.failure() == Outcome.Failure.INTERRUPTED) {
      name = INTERRUPTED;
      group = "";
    } else if (failed.failure() == Outcome.Failure.UNSUPPORTED
        && !origin.named().contains(failed.source())) {
      name = SKIPPED;
      group = format(source, failed.cause());
      bad = false;
    }
    return new Result(name, source, reason(failed), group, bad, Optional.of(failed));
  }

  /** Returns the result of a source that is skipped. */
  static Result skipped(String source, String reason, String group) {
    return new Result(SKIPPED, source, reason, group, false, Optional.empty());
  }

  /** Returns the result of a source that cannot be begun. */
  static Result failed(String source, String reason, String group) {
    return new Result("failed", source, reason, group, true, Optional.empty());
  }

  /** Returns the kind of file, by its name if that says more than its first bytes. */
  private static String format(String source, Throwable cause) {
    String file = source.substring(source.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    String ending = dot > 0 ? file.substring(dot + 1).toUpperCase(Locale.ROOT) : "";
    return USUAL.contains(ending) && cause instanceof UnsupportedImageException unsupported
        ? unsupported.feature()
        : ending;
  }

  boolean isSkippedAsNoPicture() {
    return name.equals(SKIPPED) && outcome.isPresent() && outcome.get() instanceof Outcome.Failed;
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String reason(Outcome outcome) {
    if (outcome instanceof Outcome.Written written) {
      String notes = String.join("; ", written.notes());
      return items(written.thumbnails()) + (notes.isEmpty() ? "" : "  [" + notes + "]");
    }
    if (outcome instanceof Outcome.Unchanged unchanged) {
      return items(unchanged.thumbnails());
    }
    if (outcome instanceof Outcome.Removed removed) {
      return String.join(", ", removed.keys());
    }
    if (outcome instanceof Outcome.Skipped skipped) {
      return words(skipped.reason());
    }
    if (outcome instanceof Outcome.Refused refused) {
      return Messages.of(refused.cause());
    }
    return Messages.of(((Outcome.Failed) outcome).cause());
  }

  private static String items(List<Outcome.Item> items) {
    return String.join(
        ", ",
        items.stream()
            .map(item -> item.key() + " (" + item.width() + " x " + item.height() + ")")
            .toList());
  }

  /** Returns the thumbnails that now exist. */
  List<Outcome.Item> thumbnails() {
    return outcome.map(Outcome::thumbnails).orElse(List.of());
  }

  @Override
  public String toString() {
    return name + "  " + source + "  " + reason;
  }

  /** Returns the essentials of a source without thumbnails as a JSON object. */
  String brief() {
    return Json.line(this::writeBrief);
  }

  private void writeBrief(JsonGenerator json) throws IOException {
    json.writeStringField("outcome", name);
    json.writeStringField("source", source);
    json.writeStringField("reason", reason);
    if (outcome.isPresent() && outcome.get() instanceof Outcome.Failed failure) {
      json.writeStringField("failure", failure.failure().text());
      json.writeBooleanField("retryable", failure.retryable());
    }
  }

  /** Returns everything as a JSON object. */
  String json() {
    return Json.line(this::write);
  }

  private void write(JsonGenerator json) throws IOException {
    if (thumbnails().isEmpty()) {
      writeBrief(json);
    } else {
      json.writeStringField("outcome", name);
      json.writeStringField("source", source);
    }
    if (outcome.isPresent() && outcome.get() instanceof Outcome.Written written) {
      json.writeArrayFieldStart("notes");
      for (String note : written.notes()) {
        json.writeString(note);
      }
      json.writeEndArray();
    }
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

  /** Returns milliseconds with a tenth: a thumbnail takes few of them. */
  private static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e5) / 10.0;
  }
}
