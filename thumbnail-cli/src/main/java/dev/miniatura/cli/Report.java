package dev.miniatura.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.miniatura.pipeline.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Tells how a batch goes: a progress bar on a terminal, a line per source elsewhere, a JSON object
 * per source on request; in the end how many sources ended how. Used by one thread at a time.
 */
final class Report implements AutoCloseable {

  /** The options that choose how a batch is reported. */
  static final class Style {

    @Option(names = "--json", description = "One JSON object per image, one per line.")
    private boolean json;

    @Option(names = "--quiet", description = "Only failures and the summary.")
    private boolean quiet;

    Report open(CommandLine command, long images) {
      boolean terminal = isTerminal() && !json && !quiet;
      return new Report(command, json, quiet, terminal ? bar(images) : null);
    }

    /** From JDK 22 on there is a console object even without a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
      return System.console() != null && System.getenv("TERM") != null;
    }

    private static ProgressBar bar(long total) {
      return new ProgressBarBuilder()
          .setTaskName("thumbnails")
          .setInitialMax(total)
          .setStyle(ProgressBarStyle.ASCII)
          .build();
    }
  }

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final boolean quiet;
  private final @Nullable ProgressBar bar;
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private boolean failed;

  private Report(CommandLine command, boolean json, boolean quiet, @Nullable ProgressBar bar) {
    out = command.getOut();
    err = command.getErr();
    this.json = json;
    this.quiet = quiet;
    this.bar = bar;
  }

  void add(Origin origin, Outcome outcome) {
    boolean foreign = isForeign(origin, outcome);
    String source = origin.name(outcome.source());
    String name = foreign ? "skipped" : outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    counts.merge(name, 1, Integer::sum);
    boolean bad =
        !foreign && (outcome instanceof Outcome.Failed || outcome instanceof Outcome.Refused);
    failed |= bad;
    if (json) {
      out.println(Json.line(generator -> write(generator, name, source, outcome)));
      out.flush();
    } else if (bad || (bar == null && !quiet)) {
      PrintWriter where = bad ? err : out;
      where.println(name + "  " + source + "  " + reason(outcome));
      where.flush();
    }
    if (bar != null) {
      bar.step();
    }
  }

  /**
   * A folder or bucket of photos may hold other things; only a file asked for by name must be an
   * image.
   */
  private boolean isForeign(Origin origin, Outcome outcome) {
    return outcome instanceof Outcome.Failed failure
        && failure.kind() == Outcome.Failure.UNSUPPORTED
        && !origin.named().contains(outcome.source());
  }

  int exitCode() {
    return failed ? Miniatura.SOME_FAILED : 0;
  }

  /** Says in a few words what an outcome means. */
  static String reason(Outcome outcome) {
    if (outcome instanceof Outcome.Written written) {
      return items(written.thumbnails()) + notes(written.notes());
    }
    if (outcome instanceof Outcome.Unchanged unchanged) {
      return items(unchanged.thumbnails());
    }
    if (outcome instanceof Outcome.Removed removed) {
      return String.join(", ", removed.keys());
    }
    if (outcome instanceof Outcome.Skipped skipped) {
      return skipped.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
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

  private static String notes(List<String> notes) {
    return notes.isEmpty() ? "" : "  [" + String.join("; ", notes) + "]";
  }

  private static void write(JsonGenerator json, String name, String source, Outcome outcome)
      throws IOException {
    json.writeStringField("outcome", name);
    json.writeStringField("source", source);
    List<Outcome.Item> items = List.of();
    if (outcome instanceof Outcome.Written written) {
      items = written.thumbnails();
      json.writeArrayFieldStart("notes");
      for (String note : written.notes()) {
        json.writeString(note);
      }
      json.writeEndArray();
    } else if (outcome instanceof Outcome.Unchanged unchanged) {
      items = unchanged.thumbnails();
    } else {
      json.writeStringField("reason", reason(outcome));
    }
    if (outcome instanceof Outcome.Failed failure) {
      json.writeStringField("kind", failure.kind().name().toLowerCase(Locale.ROOT));
      json.writeBooleanField("retryable", failure.retryable());
    }
    json.writeArrayFieldStart("thumbnails");
    for (Outcome.Item item : items) {
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
    json.writeNumberField("renderMillis", outcome.timing().render().toNanos() / 1_000_000.0);
    json.writeNumberField("bytesIn", outcome.timing().bytesIn());
    json.writeNumberField("bytesOut", outcome.timing().bytesOut());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
    StringBuilder summary = new StringBuilder();
    counts.forEach((name, count) -> summary.append(count).append(' ').append(name).append(", "));
    double seconds = (System.nanoTime() - start) / 1e9;
    err.println(summary + String.format(Locale.ROOT, "%.1f s", seconds));
    err.flush();
  }
}
