package dev.miniatura.pipeline;

import dev.miniatura.ImageSource;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.Outcome.Item;
import dev.miniatura.pipeline.Outcome.Reason;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Fetched;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The processing of one source.
 *
 * <p>The order of the steps prevents an old picture from replacing a newer one: first the source's
 * version is determined, then the destination is examined, then exactly that version is opened, and
 * a thumbnail only replaces what was seen. If the source is replaced before it is opened, opening
 * fails; if someone writes thumbnails of a newer version after the check, the put fails. Both are
 * conflicts, and the next attempt sees the newer version.
 */
final class Work {

  /** The function of {@link dev.miniatura.Thumbnailer#renderAll}. */
  interface Renderer {
    List<Thumbnail> renderAll(ImageSource source, List<ThumbnailSpec> specs) throws IOException;
  }

  private final ThumbnailPipeline pipeline;
  private final Settings settings;
  private final String key;
  private final Told told;
  private final BiConsumer<? super String, ? super Thumbnail> rendered;
  private final Meter meter = new Meter();
  private Optional<Entry> source = Optional.empty();
  private Instant seen = Instant.now();

  /**
   * Begins the processing.
   *
   * @param told what the caller was told of the source
   */
  Work(ThumbnailPipeline pipeline, String key, Told told) {
    this(pipeline, key, told, (spec, thumbnail) -> {});
  }

  /**
   * Prepares the processing.
   *
   * @param told what the caller knows of the source
   * @param rendered receives each thumbnail before it is written
   */
  Work(
      ThumbnailPipeline pipeline,
      String key,
      Told told,
      BiConsumer<? super String, ? super Thumbnail> rendered) {
    this.pipeline = pipeline;
    settings = pipeline.settings;
    this.key = key;
    this.told = told;
    this.rendered = rendered;
  }

  private interface Step {
    Outcome run() throws IOException;
  }

  Outcome process() {
    Outcome outcome = guarded(this::make);
    boolean notFound =
        outcome instanceof Outcome.Failed failed && failed.failure() == Outcome.Failure.NOT_FOUND;
    return recorded(
        notFound ? guarded(() -> isGone() ? skipped(Reason.SOURCE_GONE) : outcome) : outcome);
  }

  Outcome remove() {
    return recorded(guarded(this::unmake));
  }

  /** Turns every error into an outcome, so that no source can stop a batch. */
  private Outcome guarded(Step step) {
    try {
      return step.run();
    } catch (IOException | RuntimeException | Error e) {
      return Failures.outcome(key, e, meter.timing());
    }
  }

  private Outcome recorded(Outcome outcome) {
    if (settings.catalog().isEmpty() || outcome instanceof Outcome.Skipped) {
      return outcome;
    }
    return guarded(
        () -> {
          try {
            settings.catalog().get().record(source, outcome, seen);
            return outcome;
          } catch (IOException | RuntimeException e) {
            if (outcome instanceof Outcome.Failed failed) {
              e.addSuppressed(failed.cause());
            }
            throw e;
          }
        });
  }

  private Outcome skipped(Reason reason) {
    return new Outcome.Skipped(key, reason, meter.timing());
  }

  private Outcome make() throws IOException {
    Optional<Reason> outside = settings.areas().outside(key);
    if (outside.isPresent()) {
      return skipped(outside.get());
    }
    SourceThumbnails there = new SourceThumbnails(pipeline, key, meter);
    List<Target> targets = there.targets();
    Optional<ImageSource> fetched = Optional.empty();
    if (told.version().isPresent()) {
      Map<String, Item> done = there.look(told.version().get());
      if (done.size() < targets.size()) {
        fetched = fetched();
      } else if (settings.catalog().isEmpty()) {
        return new Outcome.Unchanged(key, items(targets, done), meter.timing());
      }
    }
    if (fetched.isEmpty() && isGone()) {
      return skipped(Reason.SOURCE_GONE);
    }
    Entry entry = source.orElseThrow();
    if (Label.marks(entry)) {
      return skipped(Reason.THUMBNAIL);
    }
    if (entry.size() == 0 && key.endsWith("/")) {
      return skipped(Reason.FOLDER);
    }
    Map<String, Item> done = there.look(entry.version());
    if (done.size() == targets.size()) {
      return new Outcome.Unchanged(key, items(targets, done), meter.timing());
    }
    ImageSource content = fetched.orElseGet(() -> settings.source().open(entry));
    List<Thumbnail> thumbnails;
    try {
      // All of them, including existing ones: the scale of a decode depends on the largest, and so
      // does the last bit of the others. So an interrupted and resumed run ends with the same bytes
      // as an uninterrupted one.
      thumbnails =
          meter.measure(
              Meter.Phase.RENDER,
              () ->
                  settings
                      .renderer()
                      .renderAll(
                          meter.measured(content), targets.stream().map(Target::spec).toList()));
    } catch (IOException e) {
      if (Failures.isFinal(e)) {
        there.removeOutdated(entry);
        there.removeOnDemand(Optional.of(entry.version()));
      }
      throw e;
    }
    for (int i = 0; i < targets.size(); i++) {
      rendered.accept(targets.get(i).name(), thumbnails.get(i));
    }
    Set<String> notes = new LinkedHashSet<>();
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      if (!done.containsKey(target.name())) {
        Thumbnail thumbnail = thumbnails.get(i);
        notes.addAll(thumbnail.notes());
        done.put(target.name(), there.put(target, thumbnail, entry.version()));
      }
    }
    List<Item> items = items(targets, done);
    if (settings.onDemand()) {
      there.removeUnlessCurrent(entry.version(), items);
    } else {
      there.removeOnDemand(Optional.of(entry.version()));
    }
    return new Outcome.Written(
        key, items, thumbnails.get(0).source(), List.copyOf(notes), meter.timing());
  }

  private static List<Item> items(List<Target> targets, Map<String, Item> done) {
    return targets.stream().map(target -> done.get(target.name())).toList();
  }

  /** Returns the source's content if its version and size are those that the caller knows. */
  private Optional<ImageSource> fetched() throws IOException {
    if (told.entry().isEmpty()) {
      return Optional.empty();
    }
    seen = Instant.now();
    try {
      Fetched fetched =
          meter.measure(Meter.Phase.GET, () -> settings.source().fetch(told.entry().get()));
      source = Optional.of(fetched.entry());
      return Optional.of(fetched.content());
    } catch (StoreException e) {
      if (e.kind() == Kind.CONFLICT || e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Returns whether the source does not exist. If a store finds no object, the bucket may also be
   * missing; in that case a listing fails.
   */
  private boolean isGone() throws IOException {
    seen = Instant.now();
    source = meter.measure(Meter.Phase.CHECK, () -> settings.source().stat(key));
    if (source.isEmpty()) {
      try (Stream<Entry> entries =
          meter.measure(Meter.Phase.CHECK, () -> settings.source().list(key))) {
        meter.measure(Meter.Phase.CHECK, entries::findFirst);
      }
    }
    return source.isEmpty();
  }

  private Outcome unmake() throws IOException {
    Optional<Reason> outside = settings.areas().outside(key);
    if (outside.isPresent()) {
      return skipped(outside.get());
    }
    if (!isGone()) {
      return make();
    }
    List<String> removed = new SourceThumbnails(pipeline, key, meter).removeAll();
    // If the source was restored in the meantime, its new thumbnails may be among those deleted.
    if (meter.measure(Meter.Phase.CHECK, () -> settings.source().stat(key)).isPresent()) {
      return make();
    }
    return new Outcome.Removed(key, removed, meter.timing());
  }
}
