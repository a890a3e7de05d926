package dev.miniatura.pipeline;

import dev.miniatura.storage.ImageStore.Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * A record of the thumbnails that were made, kept outside the stores, for example for a gallery's
 * database or to find the sources that failed. Implementations are thread-safe.
 *
 * <p>The pipeline never reads it, so it may be out of date or deleted.
 */
@FunctionalInterface
public interface ThumbnailCatalog {

  /**
   * Records the outcome for a source, after its thumbnails are written or deleted. Called for every
   * outcome except {@link Outcome.Skipped}; it is also called for {@link Outcome.Unchanged}, so
   * that a lost record is restored when the source is processed again. Calls for the same source
   * may be repeated and out of order: of two, the one with the later {@code seen} describes the
   * current source. Modification times do not tell, because deleting a version brings back an older
   * one.
   *
   * @param source the source as it was found; empty if it is gone or was not reached
   * @param outcome the outcome
   * @param seen when the source was examined, by this machine's clock
   * @throws IOException if the record cannot be written; the outcome is then {@link Outcome.Failed}
   * @throws NullPointerException if an argument is null
   */
  void record(Optional<Entry> source, Outcome outcome, Instant seen) throws IOException;
}
