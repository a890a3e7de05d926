package dev.miniatura.http;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds thumbnails in the destination, and makes those that are missing. Named ones are the same as
 * a pipeline's: all of an image are made from one decode. Others are made one at a time.
 */
final class Thumbnails {

  private static final int MAX_REFUSED = 1024;

  private final ImageStore destination;
  private final ThumbnailPipeline pipeline;
  private final Map<String, AskedSpec> named;
  private final Turns turns;
  private final Recent<Problem> refused = new Recent<>(MAX_REFUSED);

  Thumbnails(
      ImageStore destination,
      ThumbnailPipeline pipeline,
      Map<String, AskedSpec> named,
      Turns turns) {
    this.destination = destination;
    this.pipeline = pipeline;
    this.named = named;
    this.turns = turns;
  }

  /** The thumbnails made by one decode, by the names of their specs. */
  private record Made(Map<String, Thumbnail> thumbnails) {}

  /**
   * Returns a thumbnail.
   *
   * @param image the image as it is in the source now
   * @param name the name of the spec, if it has one
   */
  Picture get(Entry image, ThumbnailSpec spec, Optional<String> name) throws ProblemException {
    boolean own = name.filter(it -> Objects.equals(plain(it), spec)).isPresent();
    ThumbnailPipeline making = own ? pipeline : pipeline.onDemand(together(spec, name));
    String specName = own ? name.orElseThrow() : spec.hash();
    Optional<Picture> stored = stored(making, image, specName);
    if (stored.isPresent()) {
      return stored.get();
    }
    String what = set(spec, name, own) + "/" + image.version() + "/" + image.key();
    Optional<Problem> known = refused.get(what);
    if (known.isPresent()) {
      throw new ProblemException(known.get());
    }
    try {
      Made made = turns.once(what, Made.class, () -> make(making, image));
      Thumbnail thumbnail = made.thumbnails().get(specName);
      // If nothing was rendered, someone else was faster
      return thumbnail == null
          ? stored(making, image, specName).orElseThrow(() -> new ProblemException(Problem.CHANGED))
          : new Picture(thumbnail.bytes(), thumbnail.mediaType(), true);
    } catch (ProblemException e) {
      if (e.problem().isOfTheImage() && !isOfTime(e)) {
        refused.put(what, e.problem());
      }
      throw e;
    }
  }

  /** Returns whether the time limit was exceeded, which may be due to other load on the machine. */
  private static boolean isOfTime(ProblemException e) {
    Throwable cause = e.getCause();
    while (cause instanceof ProblemException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof LimitExceededException limit && limit.limit() == Limits.Kind.TIME;
  }

  private @Nullable ThumbnailSpec plain(String name) {
    AskedSpec asked = named.get(name);
    return asked == null ? null : asked.spec();
  }

  /**
   * Returns the specs to make from one decode: a client that shows one size will soon show the
   * others.
   */
  private List<ThumbnailSpec> together(ThumbnailSpec spec, Optional<String> name) {
    if (name.isEmpty() || spec.format().isEmpty()) {
      return List.of(spec);
    }
    OutputFormat format = spec.format().get();
    return named.values().stream()
        .filter(AskedSpec::isNegotiable)
        .map(asked -> asked.spec().format(format))
        .toList();
  }

  /** Returns a text that identifies the set of thumbnails made together. */
  private static String set(ThumbnailSpec spec, Optional<String> name, boolean own) {
    if (own) {
      return "named";
    }
    return name.isEmpty() ? spec.hash() : spec.format().map(OutputFormat::text).orElse("");
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

  /** Makes thumbnails. Those that cannot be stored are still returned. */
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
