package dev.miniatura.pipeline;

import dev.miniatura.storage.ImageStore.Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * A record of what was made, kept outside the stores: for a gallery's database, or to ask which
 * sources failed. Implementations are thread-safe.
 *
 * <p>The pipeline does not read it, so it may be behind, or thrown away.
 */
@FunctionalInterface
public interface ThumbnailCatalog {

  /**
   * Records what became of a source, after its thumbnails are written or deleted. Called for every
   * outcome but {@link Outcome.Skipped}; for {@link Outcome.Unchanged} too, so that a record that
   * was lost is made up for when the source is processed again. Calls for the same source may come
   * more than once, and out of order: of two, the one with the later {@code seen} tells what the
   * source is now. Times of modification do not, as deleting a version brings back an older one.
   *
   * @param source what was known of the source; empty if it is gone or was not reached
   * @param outcome what became of it
   * @param seen when the source was looked at, by this machine's clock
   * @throws IOException if the record cannot be made; the outcome is then {@link Outcome.Failed}
   * @throws NullPointerException if an argument is null
   */
  void record(Optional<Entry> source, Outcome outcome, Instant seen) throws IOException;
}
