package dev.miniatura.pipeline;

import dev.miniatura.ImageSource;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.Outcome.Item;
import dev.miniatura.pipeline.Outcome.Reason;
import dev.miniatura.storage.ImageStore.Condition;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Fetched;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * <p>The order of its steps is what keeps an old picture from taking the place of a newer one: the
 * source's version is known first, then what is at the destination, then exactly that version is
 * opened, and a thumbnail is put only over what was seen. If the source was replaced before the
 * opening, the opening fails; if someone wrote thumbnails of a newer version after the check, the
 * put fails. Both are conflicts, and the next try sees the newer version.
 *
 * <p>Of an image that looks new, only one thumbnail is looked for: the others are put where nothing
 * is. Should there be something, it is looked at then, and written over only if the source still
 * has its version after that. Where a thumbnail may have several keys, an image that is expected to
 * be new is looked for under all of them first; one that is not, under the likely ones.
 */
final class Work {

  /** What {@link dev.miniatura.Thumbnailer#renderAll} does. */
  interface Renderer {
    List<Thumbnail> renderAll(ImageSource source, List<ThumbnailSpec> specs) throws IOException;
  }

  private final ThumbnailPipeline pipeline;
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
   * Begins the processing.
   *
   * @param told what the caller was told of the source
   * @param rendered gets each thumbnail before it is written
   */
  Work(
      ThumbnailPipeline pipeline,
      String key,
      Told told,
      BiConsumer<? super String, ? super Thumbnail> rendered) {
    this.pipeline = pipeline;
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

  /** Makes every error an outcome, so that nothing about one source can stop a batch. */
  private Outcome guarded(Step step) {
    try {
      return step.run();
    } catch (IOException | RuntimeException | Error e) {
      return Failures.outcome(key, e, meter.timing());
    }
  }

  private Outcome recorded(Outcome outcome) {
    if (pipeline.catalog.isEmpty() || outcome instanceof Outcome.Skipped) {
      return outcome;
    }
    return guarded(
        () -> {
          try {
            pipeline.catalog.get().record(source, outcome, seen);
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

  private Optional<Reason> outside() {
    if (!key.startsWith(pipeline.sourcePrefix)) {
      return Optional.of(Reason.OUTSIDE_PREFIX);
    }
    if (pipeline.onDemandPrefix.isPresent()
        && (pipeline.sourceLocation + key)
            .startsWith(pipeline.destination.location() + pipeline.onDemandPrefix.get())) {
      return Optional.of(Reason.DESTINATION);
    }
    if (!pipeline.endings.isEmpty()) {
      boolean thumbnail = pipeline.endings.stream().anyMatch(key::endsWith);
      return thumbnail ? Optional.of(Reason.THUMBNAIL) : Optional.empty();
    }
    return (pipeline.sourceLocation + key).startsWith(pipeline.destinationArea)
        ? Optional.of(Reason.DESTINATION)
        : Optional.empty();
  }

  private Outcome make() throws IOException {
    Optional<Reason> outside = outside();
    if (outside.isPresent()) {
      return skipped(outside.get());
    }
    List<Target> targets = targets();
    Optional<ImageSource> fetched = Optional.empty();
    if (told.version().isPresent()) {
      Map<String, Item> done = look(targets, told.version().get());
      if (done.size() < targets.size()) {
        fetched = fetched();
      } else if (pipeline.catalog.isEmpty()) {
        return unchanged(targets, done);
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
    Map<String, Item> done = look(targets, entry.version());
    if (done.size() == targets.size()) {
      return unchanged(targets, done);
    }
    ImageSource content = fetched.orElseGet(() -> pipeline.source.open(entry));
    List<Thumbnail> thumbnails;
    try {
      // All of them, also those that are there: how far a decode is scaled down depends on the
      // largest, and so does the last bit of the others. A run that was cut short and continued
      // ends with the same bytes as one that was not.
      thumbnails =
          meter.measure(
              Meter.Phase.RENDER,
              () ->
                  pipeline.renderer.renderAll(
                      meter.measured(content), targets.stream().map(Target::spec).toList()));
    } catch (IOException e) {
      if (Failures.isFinal(e)) {
        removeOutdated(targets, entry);
        removeOnDemand(Optional.of(entry.version()));
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
        done.put(
            target.name(),
            meter.measure(
                Meter.Phase.PUT, () -> put(target, thumbnail, label(entry.version(), target))));
      }
    }
    List<Item> items = targets.stream().map(target -> done.get(target.name())).toList();
    if (pipeline.onDemand) {
      removeUnlessCurrent(entry.version(), items);
    } else {
      removeOnDemand(Optional.of(entry.version()));
    }
    return new Outcome.Written(
        key, items, thumbnails.get(0).source(), List.copyOf(notes), meter.timing());
  }

  /** Returns the source's content if it is as the caller was told, of version and size. */
  private Optional<ImageSource> fetched() throws IOException {
    if (told.entry().isEmpty()) {
      return Optional.empty();
    }
    seen = Instant.now();
    try {
      Fetched fetched =
          meter.measure(Meter.Phase.GET, () -> pipeline.source.fetch(told.entry().get()));
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
   * Looks for the source. That a store says nothing of an object may also mean that there is no
   * bucket; a listing fails then.
   */
  private boolean isGone() throws IOException {
    seen = Instant.now();
    source = meter.measure(Meter.Phase.CHECK, () -> pipeline.source.stat(key));
    if (source.isEmpty()) {
      try (Stream<Entry> entries =
          meter.measure(Meter.Phase.CHECK, () -> pipeline.source.list(key))) {
        meter.measure(Meter.Phase.CHECK, entries::findFirst);
      }
    }
    return source.isEmpty();
  }

  private List<Target> targets() {
    String relative = key.substring(pipeline.sourcePrefix.length());
    return pipeline.specs.entrySet().stream()
        .map(
            spec ->
                Target.of(
                    spec.getKey(),
                    spec.getValue(),
                    relative,
                    pipeline.destinationPrefix,
                    pipeline.keyTemplate))
        .toList();
  }

  private Label label(String version, Target target) {
    return new Label(Label.sourceId(key), version, target.spec().hash(), pipeline.kept);
  }

  private Outcome unchanged(List<Target> targets, Map<String, Item> done) {
    return new Outcome.Unchanged(
        key, targets.stream().map(target -> done.get(target.name())).toList(), meter.timing());
  }

  /** Looks for the thumbnails as far as must be known before they are put. */
  private Map<String, Item> look(List<Target> targets, String version) throws IOException {
    boolean oneKeyEach =
        pipeline.keyTemplate.keepsSourcesApart()
            && targets.stream().allMatch(target -> target.candidates().size() == 1);
    if (!oneKeyEach && pipeline.newExpected.get()) {
      lookFurther(targets, version, new LinkedHashMap<>());
    }
    Map<String, Item> done = likely(targets, version);
    boolean nothing = nothingPresent(targets);
    pipeline.newExpected.set(nothing);
    if (done.size() < targets.size() && !(oneKeyEach && nothing)) {
      lookFurther(targets, version, done);
    }
    return done;
  }

  private static boolean nothingPresent(List<Target> targets) {
    return targets.stream()
        .flatMap(target -> target.present().values().stream())
        .allMatch(Optional::isEmpty);
  }

  /**
   * Looks for the thumbnails under the keys that the source's name suggests, until one is not
   * there: most often all are, or none.
   */
  private Map<String, Item> likely(List<Target> targets, String version) throws IOException {
    Map<String, Item> done = new LinkedHashMap<>();
    for (Target target : targets) {
      String candidate = target.candidates().get(0);
      if (!target.present().containsKey(candidate)) {
        target
            .present()
            .put(
                candidate,
                meter.measure(Meter.Phase.CHECK, () -> pipeline.destination.stat(candidate)));
      }
      Optional<Item> item = target.match(candidate, label(version, target));
      if (item.isEmpty()) {
        break;
      }
      done.put(target.name(), item.get());
    }
    return done;
  }

  /** Looks for the thumbnails that were not found under all keys they may have. */
  private void lookFurther(List<Target> targets, String version, Map<String, Item> done)
      throws IOException {
    List<Target> missing =
        targets.stream().filter(target -> !done.containsKey(target.name())).toList();
    List<String> keys =
        missing.stream()
            .flatMap(
                target ->
                    target.candidates().stream()
                        .filter(candidate -> !target.present().containsKey(candidate)))
            .toList();
    Map<String, Entry> there =
        meter.measure(Meter.Phase.CHECK, () -> pipeline.destination.statAll(keys));
    for (Target target : missing) {
      for (String candidate : target.candidates()) {
        target.present().putIfAbsent(candidate, Optional.ofNullable(there.get(candidate)));
        target
            .match(candidate, label(version, target))
            .ifPresent(item -> done.putIfAbsent(target.name(), item));
      }
    }
  }

  private Item put(Target target, Thumbnail thumbnail, Label label) throws IOException {
    String candidate = target.keys().get(thumbnail.format());
    if (candidate == null) {
      throw new IllegalStateException(target.spec() + " was written as " + thumbnail.format());
    }
    Optional<Entry> present = target.present().getOrDefault(candidate, Optional.empty());
    if (present.isPresent() && label.otherSource(present.get())) {
      throw new Failures.CollisionException(candidate);
    }
    if (present.isPresent() && !pipeline.endings.isEmpty() && !Label.marks(present.get())) {
      throw Failures.CollisionException.withOther(candidate);
    }
    try {
      pipeline.destination.put(
          candidate,
          ImageSource.of(thumbnail.bytes()),
          label.attributes(thumbnail, pipeline.cacheControl),
          present.map(there -> Condition.unchanged(there.version())).orElse(Condition.absent()));
      meter.written(thumbnail.bytes().length);
    } catch (StoreException e) {
      return madeByOther(target, candidate, thumbnail, label, e);
    }
    removeOtherFormats(target, candidate, label);
    return new Item(
        target.name(),
        label.specHash(),
        candidate,
        thumbnail.width(),
        thumbnail.height(),
        thumbnail.bytes().length,
        thumbnail.mediaType());
  }

  /**
   * Returns the thumbnail if someone else put the very same one. Where nobody had looked before,
   * what is there may also be that of an older version.
   */
  private Item madeByOther(
      Target target, String candidate, Thumbnail thumbnail, Label label, StoreException failure)
      throws IOException {
    if (failure.kind() == Kind.CONFLICT) {
      Optional<Entry> present = pipeline.destination.stat(candidate);
      if (present.isPresent() && label.otherSource(present.get())) {
        throw new Failures.CollisionException(candidate);
      }
      Optional<Item> same = present.flatMap(there -> label.match(target.name(), there));
      if (same.isPresent()) {
        return same.get();
      }
      if (target.present().putIfAbsent(candidate, present) == null
          && isCurrent(label.sourceVersion())) {
        return put(target, thumbnail, label);
      }
    }
    throw failure;
  }

  private boolean isCurrent(String version) throws IOException {
    return meter
        .measure(Meter.Phase.CHECK, () -> pipeline.source.stat(key))
        .map(Entry::version)
        .equals(Optional.of(version));
  }

  /** Removes what an earlier version of the source, of another format, left under other keys. */
  private void removeOtherFormats(Target target, String written, Label label) throws IOException {
    for (Map.Entry<String, Optional<Entry>> other : target.present().entrySet()) {
      if (!other.getKey().equals(written)
          && other.getValue().isPresent()
          && label.sameSource(other.getValue().get())) {
        pipeline.destination.delete(other.getKey());
      }
    }
  }

  /**
   * Removes the thumbnails of earlier versions of a source that cannot have any: no picture is
   * better than that of another one.
   */
  private void removeOutdated(List<Target> targets, Entry entry) throws IOException {
    lookFurther(targets, entry.version(), new LinkedHashMap<>());
    boolean removed = false;
    for (Target target : targets) {
      Label label = label(entry.version(), target);
      for (Map.Entry<String, Optional<Entry>> present : target.present().entrySet()) {
        if (present.getValue().isPresent() && label.otherVersion(present.getValue().get())) {
          remove(present.getKey());
          removed = true;
        }
      }
    }
    if (removed && !isCurrent(entry.version())) {
      throw new StoreException(Kind.CONFLICT, key);
    }
  }

  /** Removes what was made on request of a source, except of its current version if it has one. */
  private List<String> removeOnDemand(Optional<String> current) throws IOException {
    List<String> removed = new ArrayList<>();
    if (pipeline.onDemandPrefix.isEmpty() || pipeline.onDemand) {
      return removed;
    }
    String folder =
        pipeline.onDemandPrefix.get()
            + KeyTemplate.onDemandFolder(key.substring(pipeline.sourcePrefix.length()));
    try (Stream<Entry> present =
        meter.measure(Meter.Phase.CHECK, () -> pipeline.destination.list(folder))) {
      for (Entry listed : meter.measure(Meter.Phase.CHECK, present::toList)) {
        if (current.isEmpty() || isOfOther(current.get(), listed.key())) {
          remove(listed.key());
          removed.add(listed.key());
        }
      }
    }
    return removed;
  }

  private boolean isOfOther(String version, String thumbnail) throws IOException {
    Label label = new Label(Label.sourceId(key), version, "", Optional.empty());
    return meter
        .measure(Meter.Phase.CHECK, () -> pipeline.destination.stat(thumbnail))
        .filter(label::otherVersion)
        .isPresent();
  }

  /**
   * Removes what was just made on request if the source has changed meanwhile: whoever is told of
   * the change may have looked for it before it was there.
   */
  private void removeUnlessCurrent(String version, List<Item> items) throws IOException {
    if (!isCurrent(version)) {
      for (Item item : items) {
        remove(item.key());
      }
      throw new StoreException(Kind.CONFLICT, key);
    }
  }

  private void remove(String thumbnail) throws IOException {
    meter.measure(
        Meter.Phase.PUT,
        () -> {
          pipeline.destination.delete(thumbnail);
          return thumbnail;
        });
  }

  private Outcome unmake() throws IOException {
    Optional<Reason> outside = outside();
    if (outside.isPresent()) {
      return skipped(outside.get());
    }
    if (!isGone()) {
      return make();
    }
    String sourceId = Label.sourceId(key);
    List<String> candidates =
        targets().stream().flatMap(target -> target.candidates().stream()).toList();
    Map<String, Entry> there =
        meter.measure(Meter.Phase.CHECK, () -> pipeline.destination.statAll(candidates));
    List<String> removed = new ArrayList<>();
    for (String candidate : candidates) {
      Entry present = there.get(candidate);
      if (present != null && Label.isOf(sourceId, present)) {
        remove(candidate);
        removed.add(candidate);
      }
    }
    removed.addAll(removeOnDemand(Optional.empty()));
    // If the source came back meanwhile, its new thumbnails may be among those deleted.
    if (meter.measure(Meter.Phase.CHECK, () -> pipeline.source.stat(key)).isPresent()) {
      return make();
    }
    return new Outcome.Removed(key, removed, meter.timing());
  }
}
