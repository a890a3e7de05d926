package dev.miniatura.cli;

import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A run over a listing that can be interrupted at any moment and resumed.
 *
 * <p>It remembers the key up to which everything has been processed, and the keys before it that
 * failed in a way that may pass. Any work done beyond that key is recognized when the listing is
 * read again from there, by looking for the thumbnails only.
 *
 * <p>If another object's thumbnails are found or made after a failure that may pass, the failure is
 * due to its object, which is tried again at the end. A row of such failures without a success in
 * between is due to the environment: an unreachable store, expired credentials. Then the run stops,
 * and the key to resume from is the one before the row.
 */
final class Backfill {

  /** Hears of progress during the run; one call at a time. */
  interface Listener {

    /** Called with the outcome of an object. */
    void outcome(Outcome outcome);

    /** Returns the line to report for an object without thumbnails; empty if it has some. */
    Optional<String> unmade(Outcome outcome);
  }

  /**
   * The files in which a run remembers.
   *
   * @param checkpoint its progress
   * @param report the objects without thumbnails
   */
  record Memory(Optional<Path> checkpoint, Optional<ReportFile> report) {}

  /** Failures that may pass, but say nothing about other objects. */
  private static final Set<Outcome.Failure> ABOUT_THE_OBJECT =
      EnumSet.of(Outcome.Failure.CONFLICT, Outcome.Failure.INTERNAL);

  /**
   * When to give up.
   *
   * @param row how many failures in a row stop the run
   * @param pause how long to wait before failed objects are tried again; twice as long before the
   *     second round, four times before the third
   */
  record Patience(int row, Duration pause) {}

  /** How often failed objects are tried again. */
  private static final int ROUNDS = 3;

  private static final long SAVE_NANOS = Duration.ofSeconds(1).toNanos();

  private final ThumbnailPipeline pipeline;
  private final Checkpoint start;
  private final Memory memory;
  private final Listener listener;
  private final Patience patience;
  private final Frontier frontier;
  private final Map<String, Optional<Outcome>> again = new LinkedHashMap<>();
  private final Map<String, Outcome> row = new LinkedHashMap<>();
  private long saved = System.nanoTime();
  private volatile Optional<String> stopped = Optional.empty();

  /**
   * Creates a run.
   *
   * @param start where to begin
   */
  Backfill(
      ThumbnailPipeline pipeline,
      Checkpoint start,
      Memory memory,
      Listener listener,
      Patience patience) {
    this.pipeline = pipeline;
    this.start = start;
    this.memory = memory;
    this.listener = listener;
    this.patience = patience;
    frontier = new Frontier(start.after());
    start.again().forEach(key -> again.put(key, Optional.empty()));
  }

  /**
   * Processes the objects, then retries those that failed.
   *
   * @param objects the listing from where the run begins
   * @param rate how many objects to begin per second
   * @return whether nothing is left that another run could do
   */
  boolean run(Stream<Entry> objects, Optional<Rate> rate) throws IOException, InterruptedException {
    try {
      Stream<Entry> begun =
          objects
              .takeWhile(entry -> stopped.isEmpty())
              .peek(
                  entry -> {
                    rate.ifPresent(Rate::await);
                    frontier.begin(entry.key());
                  });
      pipeline.processListed(begun, this::note);
      for (int round = 0; round < ROUNDS && stopped.isEmpty(); round++) {
        settleRow();
        if (again.isEmpty()) {
          break;
        }
        Thread.sleep(patience.pause().toMillis() << round);
        Stream<String> failed = List.copyOf(again.keySet()).stream();
        pipeline.processAll(failed.takeWhile(key -> stopped.isEmpty()), this::note);
      }
    } catch (UncheckedIOException e) {
      stopped = Optional.of(Messages.of(e)); // the listing's next page, or our own files
    } finally {
      save();
    }
    row.forEach((key, failure) -> again.put(key, Optional.of(failure)));
    again.values().forEach(failure -> failure.ifPresent(listener::outcome));
    return again.isEmpty() && stopped.isEmpty();
  }

  /** Returns why the run stopped before the end of the listing, if it did. */
  Optional<String> stopped() {
    return stopped;
  }

  /** The pipeline calls this from several threads, one at a time. */
  private void note(Outcome outcome) {
    String key = outcome.source();
    try {
      if (outcome instanceof Outcome.Failed failed && ABOUT_THE_OBJECT.contains(failed.failure())) {
        again.put(key, Optional.of(outcome));
        end(key, Optional.empty());
      } else if (outcome instanceof Outcome.Failed failed && failed.retryable()) {
        row.put(key, outcome);
        if (row.size() >= patience.row()) {
          stopped =
              Optional.of(
                  "%d objects in a row failed, the last with: %s"
                      .formatted(row.size(), Messages.of(failed.cause())));
        }
      } else {
        if (outcome instanceof Outcome.Written || outcome instanceof Outcome.Unchanged) {
          settleRow(); // both stores were reached
        }
        again.remove(key);
        end(key, listener.unmade(outcome));
        listener.outcome(outcome);
      }
      if (System.nanoTime() - saved > SAVE_NANOS) {
        save();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Attributes the failures since the last success to their objects. */
  private void settleRow() throws IOException {
    for (Map.Entry<String, Outcome> failure : row.entrySet()) {
      again.put(failure.getKey(), Optional.of(failure.getValue()));
      end(failure.getKey(), Optional.empty());
    }
    row.clear();
  }

  private void end(String key, Optional<String> note) throws IOException {
    List<String> notes = frontier.end(key, note);
    if (memory.report().isPresent()) {
      for (String line : notes) {
        memory.report().get().append(line);
      }
    }
  }

  private void save() throws IOException {
    if (memory.checkpoint().isPresent()) {
      long reported = memory.report().isPresent() ? memory.report().get().force() : 0;
      new Checkpoint(start.task(), frontier.last(), List.copyOf(again.keySet()), reported)
          .write(memory.checkpoint().get());
    }
    saved = System.nanoTime();
  }
}
