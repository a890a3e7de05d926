package dev.miniatura.cli;

import dev.miniatura.pipeline.Outcome;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Reports the progress of a batch: on a terminal a progress bar, with failed and skipped sources
 * above it; elsewhere a line per source; on request a JSON object per source; at the end the number
 * of sources by outcome and reason. Used by one thread at a time.
 */
final class Report implements AutoCloseable {

  /** The options for reporting a batch. */
  static final class Style {

    @Option(names = "--json", description = "One JSON object per image, one per line.")
    private boolean json;

    @Option(names = "--quiet", description = "Only failures and the summary.")
    private boolean quiet;

    /**
     * Begins a report.
     *
     * @param sources the number of sources
     */
    Report open(CommandLine command, long sources) {
      boolean bar = isTerminal() && !json && !quiet;
      return new Report(
          command, json, quiet, sources, bar ? Bar.onTerminal(System.err, sources) : null);
    }

    /** From JDK 22 on there is a console object even without a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
      return System.console() != null && System.getenv("TERM") != null;
    }
  }

  /** The order of the summary. */
  private static final List<String> NAMES =
      List.of("written", "unchanged", Result.SKIPPED, "refused", "failed", "removed");

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final boolean quiet;
  private final long sources;
  private final @Nullable Bar bar;
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, Map<String, Integer>> groups = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private long added;
  private boolean complete;
  private boolean failed;
  private boolean pictures;
  private String unread = "";

  Report(CommandLine command, boolean json, boolean quiet, long sources, @Nullable Bar bar) {
    out = command.getOut();
    err = command.getErr();
    this.json = json;
    this.quiet = quiet;
    this.sources = sources;
    this.bar = bar;
    NAMES.forEach(name -> counts.put(name, 0));
  }

  void add(Origin origin, Outcome outcome) {
    add(Result.of(origin, outcome));
  }

  void add(Result result) {
    if (result.name().equals(Result.INTERRUPTED)) {
      failed = true;
      return; // treated as not begun
    }
    added++;
    counts.merge(result.name(), 1, Integer::sum);
    if (!result.group().isEmpty()) {
      groups
          .computeIfAbsent(result.name(), name -> new TreeMap<>())
          .merge(result.group(), 1, Integer::sum);
    }
    failed |= result.bad();
    pictures |= !result.isSkippedAsNoPicture();
    if (result.isSkippedAsNoPicture() && unread.isEmpty()) {
      unread = result.group() + ": " + result.reason();
    }
    tell(result);
    if (bar != null) {
      bar.step();
    }
  }

  private void tell(Result result) {
    if (json) {
      out.println(result.json());
      out.flush();
    } else if (bar != null) {
      if (result.bad() || result.name().equals(Result.SKIPPED)) {
        bar.line(result.toString());
      }
    } else if (result.bad() || !quiet) {
      PrintWriter where = result.bad() ? err : out;
      where.println(result);
      where.flush();
    }
  }

  /** Records that the batch is complete. */
  void complete() {
    complete = true;
  }

  int exitCode() {
    return failed || nothingRead() ? Miniatura.SOME_FAILED : 0;
  }

  /** Returns whether there were files, but none of them a readable picture. */
  private boolean nothingRead() {
    return !unread.isEmpty() && !pictures;
  }

  /** Prints the summary, even of an incomplete batch. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
    StringBuilder summary = new StringBuilder();
    if (!complete) {
      summary.append("stopped early, ").append(Math.max(0, sources - added)).append(" not done: ");
    }
    counts.forEach(
        (name, count) -> {
          if (count > 0) {
            summary.append(count).append(' ').append(name).append(grouped(name)).append(", ");
          }
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    err.println(summary + String.format(Locale.ROOT, "%.1f s", seconds));
    if (nothingRead()) {
      err.println("no image could be read; " + unread);
    }
    err.flush();
  }

  /** Returns the groups of sources with a name and their counts, largest first. */
  private String grouped(String name) {
    Map<String, Integer> counts = groups.getOrDefault(name, Map.of());
    return counts.isEmpty()
        ? ""
        : counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(group -> group.getKey() + " (" + group.getValue() + ")")
            .collect(Collectors.joining(", ", ": ", ""));
  }
}
