package dev.miniatura.http;

import dev.miniatura.OutputFormat;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds thumbnails in the destination, and makes those that are not there. Named ones are the
 * pipeline's own: all of an image are made from one decode. Others are made one by one.
 */
final class Thumbnails {

  private static final int MAX_REFUSED = 1024;

  private final ImageStore destination;
  private final ThumbnailPipeline pipeline;
  private final Map<String, ThumbnailSpec> named;
  private final Turns turns;
  private final Recent<Problem> refused = new Recent<>(MAX_REFUSED);

  Thumbnails(
      ImageStore destination,
      ThumbnailPipeline pipeline,
      Map<String, ThumbnailSpec> named,
      Turns turns) {
    this.destination = destination;
    this.pipeline = pipeline;
    this.named = named;
    this.turns = turns;
  }

  /** What one decode made, by the names of the specs. */
  private record Made(Map<String, Thumbnail> thumbnails) {}

  /**
   * Returns a thumbnail.
   *
   * @param image the image, as the source has it now
   * @param name the name of the spec, if it is a named one
   */
  Picture get(Entry image, ThumbnailSpec spec, Optional<String> name) throws ProblemException {
    Optional<String> own =
        name.filter(it -> Optional.ofNullable(named.get(it)).equals(Optional.of(spec)));
    ThumbnailPipeline making = own.isPresent() ? pipeline : pipeline.onDemand(spec);
    String specName = own.orElseGet(spec::hash);
    Optional<Picture> stored = stored(making, image, specName);
    if (stored.isPresent()) {
      return stored.get();
    }
    String what = (own.isPresent() ? "" : specName) + "/" + image.version() + "/" + image.key();
    Optional<Problem> known = refused.get(what);
    if (known.isPresent()) {
      throw new ProblemException(known.get());
    }
    try {
      Made made = turns.once(what, Made.class, () -> make(making, image));
      Thumbnail thumbnail = made.thumbnails().get(specName);
      // Where nothing was rendered, someone else was faster
      return thumbnail == null
          ? stored(making, image, specName).orElseThrow(() -> new ProblemException(Problem.CHANGED))
          : new Picture(thumbnail.bytes(), thumbnail.mediaType(), true);
    } catch (ProblemException e) {
      if (e.problem().isOfTheImage()) {
        refused.put(what, e.problem());
      }
      throw e;
    }
  }

  private Optional<Picture> stored(ThumbnailPipeline making, Entry image, String specName)
      throws ProblemException {
    try {
      Optional<Entry> entry = making.find(image, specName);
      Optional<String> type =
          entry.flatMap(it -> it.attributes().contentType()).filter(Thumbnails::isPicture);
      if (entry.isEmpty() || type.isEmpty()) {
        return Optional.empty();
      }
      try (InputStream stream = destination.open(entry.get()).open()) {
        return Optional.of(new Picture(stream.readAllBytes(), type.get(), false));
      }
    } catch (ImageStore.StoreException e) {
      return switch (e.kind()) {
        case NOT_FOUND, CONFLICT, INVALID_KEY -> Optional.empty(); // gone, or never there
        default -> throw Failures.of(e);
      };
    } catch (IOException e) {
      throw Failures.of(e);
    }
  }

  private static boolean isPicture(String mediaType) {
    return OutputFormat.all().stream().anyMatch(format -> format.mediaType().equals(mediaType));
  }

  /** Makes thumbnails. That they cannot be kept is no reason not to send them. */
  private Made make(ThumbnailPipeline making, Entry image) throws ProblemException {
    Map<String, Thumbnail> rendered = new HashMap<>();
    Outcome outcome = making.process(image, rendered::put);
    boolean changed =
        outcome instanceof Outcome.Failed failed && failed.failure() == Outcome.Failure.CONFLICT;
    if (changed
        || (rendered.isEmpty()
            && !(outcome instanceof Outcome.Written)
            && !(outcome instanceof Outcome.Unchanged))) {
      throw Failures.of(outcome);
    }
    return new Made(rendered);
  }
}
