package dev.miniatura.storage;

import dev.miniatura.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps everything in memory, for tests and as the simplest implementation of {@link
 * ImageStore}. It accepts every key, keeps every attribute and evaluates conditions atomically. Its
 * size is not limited.
 */
public final class MemoryImageStore implements ImageStore {

  private final String location = "memory:" + UUID.randomUUID() + "/";
  private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>(KeyOrder.UTF_8);
  private final AtomicLong writes = new AtomicLong();

  private record Stored(Entry entry, @SuppressWarnings("ArrayRecordComponent") byte[] bytes) {}

  private MemoryImageStore() {}

  /** Returns a new, empty store. */
  public static MemoryImageStore create() {
    return new MemoryImageStore();
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public Optional<Entry> stat(String key) throws IOException {
    return Optional.ofNullable(objects.get(checked(key))).map(Stored::entry);
  }

  @Override
  public ImageSource open(Entry entry) {
    Objects.requireNonNull(entry, "entry");
    return new ImageSource() {
      @Override
      public InputStream open() throws IOException {
        Stored stored = objects.get(checked(entry.key()));
        if (stored == null) {
          throw new StoreException(Kind.NOT_FOUND, entry.key());
        }
        if (!stored.entry().version().equals(entry.version())) {
          throw new StoreException(Kind.CONFLICT, entry.key());
        }
        return ImageSource.of(stored.bytes()).open();
      }

      @Override
      public OptionalLong length() {
        return OptionalLong.of(entry.size());
      }
    };
  }

  @Override
  public String put(String key, ImageSource content, Attributes attributes, Condition condition)
      throws IOException {
    checked(key);
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(attributes, "attributes");
    Objects.requireNonNull(condition, "condition");
    byte[] bytes;
    try (InputStream stream = content.open()) {
      bytes = stream.readAllBytes();
    }
    String version = Long.toHexString(writes.incrementAndGet());
    Entry entry = new Entry(key, bytes.length, version, Instant.now(), attributes);
    Stored written = new Stored(entry, bytes);
    // Conditions are evaluated within the replacement, so that only one of many writers wins.
    while (true) {
      Stored present = objects.get(key);
      if (!condition.holds(Optional.ofNullable(present).map(Stored::entry))) {
        throw new StoreException(Kind.CONFLICT, key);
      }
      if (replace(key, present, written)) {
        return version;
      }
    }
  }

  private boolean replace(String key, @Nullable Stored present, Stored written) {
    return present == null
        ? objects.putIfAbsent(key, written) == null
        : objects.replace(key, present, written);
  }

  @Override
  public void delete(String key) throws IOException {
    objects.remove(checked(key));
  }

  @Override
  public Stream<Entry> list(String prefix, String after) {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(after, "after");
    boolean resumed = KeyOrder.UTF_8.compare(after, prefix) >= 0;
    return objects.tailMap(resumed ? after : prefix, !resumed).values().stream()
        .map(Stored::entry)
        .takeWhile(entry -> entry.key().startsWith(prefix));
  }

  private static String checked(String key) throws StoreException {
    Objects.requireNonNull(key, "key");
    if (key.isEmpty() || !KeyOrder.isUnicode(key)) {
      throw new StoreException(Kind.INVALID_KEY, "'" + key + "'");
    }
    return key;
  }
}
