package dev.miniatura.cli;

import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A run over a listing that can be cut short at any moment and continued.
 *
 * <p>What is remembered is the key up to which everything has been worked on, and which keys before
 * it failed in a way that may pass. Whatever else was done is found done when the listing is read
 * again from there, by asking for the thumbnails only.
 *
 * <p>What may succeed later is tried again at the end. If so much fails in a row that a store seems
 * to be out of reach, the run ends instead.
 */
final class Backfill {

  /** How often failed sources are tried again, after one, two, four seconds. */
  private static final int ROUNDS = 3;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** So many failures one after the other are not about objects any more. */
  private static final int HOPELESS = 200;

  private static final long SAVE_NANOS = Duration.ofSeconds(1).toNanos();

  private final ThumbnailPipeline pipeline;
  private final Checkpoint start;
  private final Optional<Path> file;
  private final Consumer<Outcome> outcomes;
  private final Frontier frontier;
  private final Map<String, Optional<Outcome>> again = new LinkedHashMap<>();
  private long saved = System.nanoTime();
  private int failuresInARow;
  private volatile boolean hopeless;

  /**
   * Creates a run.
   *
   * @param start where to begin
   * @param file where to keep how far it has come
   * @param outcomes gets the outcome of every object, one at a time
   */
  Backfill(
      ThumbnailPipeline pipeline,
      Checkpoint start,
      Optional<Path> file,
      Consumer<Outcome> outcomes) {
    this.pipeline = pipeline;
    this.start = start;
    this.file = file;
    this.outcomes = outcomes;
    frontier = new Frontier(start.after());
    start.again().forEach(key -> again.put(key, Optional.empty()));
  }

  /**
   * Works on the objects, then once more on those that failed.
   *
   * @param objects what the listing says after where the run begins
   * @param rate how fast to begin objects
   * @return whether nothing is left that a further run could do
   */
  boolean run(Stream<Entry> objects, Optional<Rate> rate) throws IOException, InterruptedException {
    try {
      Stream<String> keys =
          objects
              .takeWhile(entry -> !hopeless)
              .map(Entry::key)
              .peek(
                  key -> {
                    rate.ifPresent(Rate::await);
                    frontier.begin(key);
                  });
      pipeline.processAll(keys, this::note);
      for (int round = 0; round < ROUNDS && !again.isEmpty() && !hopeless; round++) {
        Thread.sleep(PAUSE.toMillis() << round);
        Stream<String> failed = List.copyOf(again.keySet()).stream();
        pipeline.processAll(failed.takeWhile(key -> !hopeless), this::note);
      }
    } finally {
      save();
    }
    again.values().forEach(failure -> failure.ifPresent(outcomes));
    return again.isEmpty() && !hopeless;
  }

  /** Returns whether the run ended because everything failed. */
  boolean hopeless() {
    return hopeless;
  }

  /** The pipeline calls this from several threads, one at a time. */
  private void note(Outcome outcome) {
    String key = outcome.source();
    if (outcome instanceof Outcome.Failed failed && failed.retryable()) {
      again.put(key, Optional.of(outcome));
      failuresInARow++;
      hopeless |= failuresInARow >= HOPELESS;
    } else {
      again.remove(key);
      failuresInARow = 0;
      outcomes.accept(outcome);
    }
    frontier.end(key);
    if (System.nanoTime() - saved > SAVE_NANOS) {
      try {
        save();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void save() throws IOException {
    if (file.isPresent()) {
      new Checkpoint(start.task(), frontier.last(), List.copyOf(again.keySet())).write(file.get());
    }
    saved = System.nanoTime();
  }
}
