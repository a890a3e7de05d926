package dev.miniatura.pipeline;

import dev.miniatura.ImageSource;
import dev.miniatura.Thumbnail;
import dev.miniatura.pipeline.Outcome.Item;
import dev.miniatura.storage.ImageStore.Condition;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The thumbnails of one source in the destination: finds, writes and removes them. The objects seen
 * there are remembered, and are the conditions of later writes.
 *
 * <p>For an image that looks new, only one thumbnail is looked up: the others are written on the
 * condition that nothing is there. If there is something, it is examined then, and overwritten only
 * if the source still has its version after that. If a thumbnail may have several keys, all of them
 * are looked up first for an image that is expected to be new, and only the likely ones otherwise.
 */
final class SourceThumbnails {

  private final Settings settings;
  private final AtomicBoolean newExpected;
  private final String key;
  private final Meter meter;
  private final List<Target> targets;

  /**
   * Starts with nothing seen.
   *
   * @param key key of a source inside the pipeline's areas
   */
  SourceThumbnails(ThumbnailPipeline pipeline, String key, Meter meter) {
    settings = pipeline.settings;
    newExpected = pipeline.newExpected;
    this.key = key;
    this.meter = meter;
    targets = settings.areas().targets(key, settings.specs());
  }

  /** Returns one for each spec. */
  List<Target> targets() {
    return targets;
  }

  private Label label(String version, Target target) {
    return new Label(Label.sourceId(key), version, target.spec().hash(), settings.kept());
  }

  /**
   * Looks up the thumbnails, as far as necessary before writing.
   *
   * @return those of a version of the source, by spec; to be completed by the written ones
   */
  Map<String, Item> look(String version) throws IOException {
    boolean oneKeyEach =
        settings.areas().template().keepsSourcesApart()
            && targets.stream().allMatch(target -> target.candidates().size() == 1);
    if (!oneKeyEach && newExpected.get()) {
      lookFurther(version, new LinkedHashMap<>());
    }
    Map<String, Item> done = likely(version);
    boolean nothing = nothingPresent();
    newExpected.set(nothing);
    if (done.size() < targets.size() && !(oneKeyEach && nothing)) {
      lookFurther(version, done);
    }
    return done;
  }

  private boolean nothingPresent() {
    return targets.stream()
        .flatMap(target -> target.present().values().stream())
        .allMatch(Optional::isEmpty);
  }

  /**
   * Looks up the thumbnails under the keys that the source's name suggests, until one is missing:
   * usually all exist, or none.
   */
  private Map<String, Item> likely(String version) throws IOException {
    Map<String, Item> done = new LinkedHashMap<>();
    for (Target target : targets) {
      String candidate = target.candidates().get(0);
      if (!target.present().containsKey(candidate)) {
        target
            .present()
            .put(
                candidate,
                meter.measure(Meter.Phase.CHECK, () -> settings.destination().stat(candidate)));
      }
      Optional<Item> item = target.match(candidate, label(version, target));
      if (item.isEmpty()) {
        break;
      }
      done.put(target.name(), item.get());
    }
    return done;
  }

  /** Looks up the thumbnails that were not found under all their possible keys. */
  private void lookFurther(String version, Map<String, Item> done) throws IOException {
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
        meter.measure(Meter.Phase.CHECK, () -> settings.destination().statAll(keys));
    for (Target target : missing) {
      for (String candidate : target.candidates()) {
        target.present().putIfAbsent(candidate, Optional.ofNullable(there.get(candidate)));
        target
            .match(candidate, label(version, target))
            .ifPresent(item -> done.putIfAbsent(target.name(), item));
      }
    }
  }

  /** Writes a thumbnail of a version of the source. */
  Item put(Target target, Thumbnail thumbnail, String version) throws IOException {
    return meter.measure(Meter.Phase.PUT, () -> put(target, thumbnail, label(version, target)));
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
    if (present.isPresent() && settings.areas().besideSources() && !Label.marks(present.get())) {
      throw Failures.CollisionException.withOther(candidate);
    }
    try {
      settings
          .destination()
          .put(
              candidate,
              ImageSource.of(thumbnail.bytes()),
              label.attributes(thumbnail, settings.cacheControl()),
              present
                  .map(there -> Condition.unchanged(there.version()))
                  .orElse(Condition.absent()));
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
   * Returns the thumbnail if someone else wrote the same one. If its key was not examined before,
   * the object there may also be that of an older version.
   */
  private Item madeByOther(
      Target target, String candidate, Thumbnail thumbnail, Label label, StoreException failure)
      throws IOException {
    if (failure.kind() == Kind.CONFLICT) {
      Optional<Entry> present = settings.destination().stat(candidate);
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
        .measure(Meter.Phase.CHECK, () -> settings.source().stat(key))
        .map(Entry::version)
        .equals(Optional.of(version));
  }

  /**
   * Removes thumbnails that an earlier version of the source, in another format, left under other
   * keys.
   */
  private void removeOtherFormats(Target target, String written, Label label) throws IOException {
    for (Map.Entry<String, Optional<Entry>> other : target.present().entrySet()) {
      if (!other.getKey().equals(written)
          && other.getValue().isPresent()
          && label.sameSource(other.getValue().get())) {
        settings.destination().delete(other.getKey());
      }
    }
  }

  /**
   * Removes the thumbnails of earlier versions of a source that cannot be rendered: no picture is
   * better than the picture of another version.
   */
  void removeOutdated(Entry entry) throws IOException {
    lookFurther(entry.version(), new LinkedHashMap<>());
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

  /** Removes thumbnails made on request, except those of the current version, if there is one. */
  List<String> removeOnDemand(Optional<String> current) throws IOException {
    List<String> removed = new ArrayList<>();
    Optional<String> folder = settings.areas().onDemandFolder(key);
    if (folder.isEmpty() || settings.onDemand()) {
      return removed;
    }
    try (Stream<Entry> present =
        meter.measure(Meter.Phase.CHECK, () -> settings.destination().list(folder.get()))) {
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
        .measure(Meter.Phase.CHECK, () -> settings.destination().stat(thumbnail))
        .filter(label::otherVersion)
        .isPresent();
  }

  /**
   * Removes thumbnails just made on request if the source has changed in the meantime: the pipeline
   * notified of the change may have looked for them before they existed.
   */
  void removeUnlessCurrent(String version, List<Item> items) throws IOException {
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
          settings.destination().delete(thumbnail);
          return thumbnail;
        });
  }

  /**
   * Removes all thumbnails marked as the source's, and those made on request; returns their keys.
   */
  List<String> removeAll() throws IOException {
    String sourceId = Label.sourceId(key);
    List<String> candidates =
        targets.stream().flatMap(target -> target.candidates().stream()).toList();
    Map<String, Entry> there =
        meter.measure(Meter.Phase.CHECK, () -> settings.destination().statAll(candidates));
    List<String> removed = new ArrayList<>();
    for (String candidate : candidates) {
      Entry present = there.get(candidate);
      if (present != null && Label.isOf(sourceId, present)) {
        remove(candidate);
        removed.add(candidate);
      }
    }
    removed.addAll(removeOnDemand(Optional.empty()));
    return removed;
  }
}
