package dev.miniatura.storage;

import dev.miniatura.ImageSource;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A place that keeps objects under keys: a folder, a bucket, a map. Implementations are
 * thread-safe.
 *
 * <pre>{@code
 * ImageStore store = FileImageStore.of(photos);
 * try (Stream<ImageStore.Entry> entries = store.list("2024/")) {
 *   entries.forEach(entry -> log(entry.key() + ": " + entry.size() + " bytes"));
 * }
 * }</pre>
 *
 * <p>A key is a non-empty string whose parts are separated by {@code /}; any Unicode may occur in
 * it, except surrogates without their partner. A store that cannot keep an object under some key
 * refuses that key with {@link Kind#INVALID_KEY}, in every method.
 *
 * <p>Readers see an object entirely or not at all: a {@link #put} that fails, or is killed halfway,
 * leaves what was there before.
 *
 * <p>Every failure of the store itself is a {@link StoreException} where its kind is known, and
 * otherwise another {@link IOException}. A call whose thread is interrupted may end early with an
 * {@link java.io.InterruptedIOException} or {@link java.nio.channels.ClosedByInterruptException};
 * the thread stays interrupted.
 *
 * <p>To test an implementation, extend {@code ImageStoreContract} from the artifact {@code
 * thumbnail-storage-testkit}.
 */
public interface ImageStore {

  /**
   * Returns where the objects are, as a prefix: the object with key {@code k} is at {@code
   * location() + k}, for example {@code s3://photos/} or {@code file:/home/ada/photos/}. Two stores
   * that can reach the same object under keys of theirs have equal locations, or one's location
   * starts with the other's.
   */
  String location();

  /**
   * Returns what is known of an object, or nothing when there is none.
   *
   * @throws IOException what the store reports, a {@link StoreException} where its kind is known
   * @throws NullPointerException if {@code key} is null
   */
  Optional<Entry> stat(String key) throws IOException;

  /**
   * Returns what is known of those of several objects that are there, by key. Where many are not, a
   * store may ask for them by fewer requests than one for each.
   *
   * @throws IOException what the store reports, a {@link StoreException} where its kind is known
   * @throws NullPointerException if {@code keys} is null
   */
  default Map<String, Entry> statAll(Collection<String> keys) throws IOException {
    Map<String, Entry> there = new HashMap<>();
    for (String key : Objects.requireNonNull(keys, "keys")) {
      stat(key).ifPresent(entry -> there.put(key, entry));
    }
    return there;
  }

  /**
   * Returns a source that reads one version of an object. Nothing is read before {@link
   * ImageSource#open}; that reports {@link Kind#NOT_FOUND} if the object is gone by then, and
   * {@link Kind#CONFLICT} if another version has taken its place.
   *
   * @param entry what {@link #stat} or {@link #list} of this store returned
   * @throws NullPointerException if {@code entry} is null
   */
  ImageSource open(Entry entry);

  /**
   * Returns what a listing or an event need not tell of an object, and its content, if it is still
   * the one they told of. A store that sends both at once may answer by one request, and hold the
   * beginning of the content in memory.
   *
   * @param told key, size and version of the object; the rest is not looked at
   * @throws StoreException of kind {@link Kind#NOT_FOUND} if it is gone, and {@link Kind#CONFLICT}
   *     if it has another version or size
   * @throws IOException what else the store reports, a {@link StoreException} where its kind is
   *     known
   * @throws NullPointerException if {@code told} is null
   */
  default Fetched fetch(Entry told) throws IOException {
    Objects.requireNonNull(told, "told");
    Entry entry =
        stat(told.key()).orElseThrow(() -> new StoreException(Kind.NOT_FOUND, told.key()));
    if (!entry.version().equals(told.version()) || entry.size() != told.size()) {
      throw new StoreException(Kind.CONFLICT, told.key());
    }
    return new Fetched(entry, open(entry));
  }

  /**
   * Returns a source that reads the object as it is now.
   *
   * @throws StoreException of kind {@link Kind#NOT_FOUND} if there is none
   * @throws IOException what else the store reports, a {@link StoreException} where its kind is
   *     known
   * @throws NullPointerException if {@code key} is null
   */
  default ImageSource open(String key) throws IOException {
    Objects.requireNonNull(key, "key");
    return open(stat(key).orElseThrow(() -> new StoreException(Kind.NOT_FOUND, key)));
  }

  /**
   * Writes an object, in place of the one that may be there.
   *
   * @param content what to write; opened once, or again when the store tries again
   * @param attributes what to keep with it
   * @param condition what must hold of the object that is there
   * @return the version written, which {@link #stat} reports until the next write
   * @throws StoreException of kind {@link Kind#CONFLICT} if the condition does not hold
   * @throws IOException what else the store or the content reports
   * @throws NullPointerException if an argument is null
   */
  String put(String key, ImageSource content, Attributes attributes, Condition condition)
      throws IOException;

  /**
   * Writes an object, whatever is there.
   *
   * @throws IOException what the store or the content reports, a {@link StoreException} where the
   *     store knows its kind
   * @throws NullPointerException if an argument is null
   */
  default String put(String key, ImageSource content, Attributes attributes) throws IOException {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(attributes, "attributes");
    return put(key, content, attributes, Condition.always());
  }

  /**
   * Deletes an object; there need not be one.
   *
   * @throws IOException what the store reports, a {@link StoreException} where its kind is known
   * @throws NullPointerException if {@code key} is null
   */
  void delete(String key) throws IOException;

  /**
   * Lists the objects whose keys start with {@code prefix} and come after {@code after}, in the
   * order of their keys as UTF-8 bytes unless the store documents another. Entries are fetched as
   * the stream is consumed, so any number of objects can be listed; the stream must be closed.
   * Listed entries need not carry attributes.
   *
   * <p>Objects written or deleted meanwhile may be missed or listed.
   *
   * @param prefix any string, compared as such; {@code ""} lists everything
   * @param after a key to resume after, or {@code ""}
   * @throws IOException what the store reports before the stream is consumed; later on it is in an
   *     {@link java.io.UncheckedIOException} that the stream throws
   * @throws NullPointerException if an argument is null
   */
  Stream<Entry> list(String prefix, String after) throws IOException;

  /**
   * Lists the objects whose keys start with {@code prefix}, as {@link #list(String, String)} does.
   *
   * @throws IOException what the store reports before the stream is consumed; later on it is in an
   *     {@link java.io.UncheckedIOException} that the stream throws
   * @throws NullPointerException if {@code prefix} is null
   */
  default Stream<Entry> list(String prefix) throws IOException {
    return list(Objects.requireNonNull(prefix, "prefix"), "");
  }

  /**
   * What is known of an object.
   *
   * @param key its key
   * @param size its length in bytes
   * @param version an opaque text in printable ASCII that changes whenever the object's content
   *     does
   * @param lastModified when it was written
   * @param attributes what was kept with it; may be empty in a listing
   */
  record Entry(String key, long size, String version, Instant lastModified, Attributes attributes) {

    /**
     * Refuses nulls.
     *
     * @throws NullPointerException if a component is null
     */
    public Entry {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(lastModified, "lastModified");
      Objects.requireNonNull(attributes, "attributes");
    }
  }

  /**
   * An object of which everything is known, and its content.
   *
   * @param entry what {@link #stat} returns
   * @param content what {@link #open(Entry)} returns for it
   */
  record Fetched(Entry entry, ImageSource content) {

    /**
     * Refuses nulls.
     *
     * @throws NullPointerException if a component is null
     */
    public Fetched {
      Objects.requireNonNull(entry, "entry");
      Objects.requireNonNull(content, "content");
    }
  }

  /**
   * What is kept with an object's bytes. The rules are those of HTTP headers, so that any store can
   * keep them: values are printable ASCII without spaces at either end, metadata names are made of
   * {@code a-z}, {@code 0-9} and {@code -}, and metadata are at most {@value #MAX_METADATA_BYTES}
   * bytes in all, names and values.
   *
   * @param contentType the media type
   * @param cacheControl the {@code Cache-Control} with which the object is served
   * @param metadata anything else, by name; unmodifiable and sorted
   */
  record Attributes(
      Optional<String> contentType, Optional<String> cacheControl, Map<String, String> metadata) {

    private static final int MAX_METADATA_BYTES = 2048;
    private static final Attributes NONE =
        new Attributes(Optional.empty(), Optional.empty(), Map.of());

    /**
     * Checks the rules.
     *
     * @throws IllegalArgumentException if a value is not printable ASCII, a name of metadata has
     *     other characters than {@code a-z}, {@code 0-9} and {@code -}, or metadata are too long
     * @throws NullPointerException if a component is null
     */
    public Attributes {
      Objects.requireNonNull(contentType, "contentType");
      Objects.requireNonNull(cacheControl, "cacheControl");
      Objects.requireNonNull(metadata, "metadata");
      contentType.ifPresent(value -> checkValue("content type", value));
      cacheControl.ifPresent(value -> checkValue("cache control", value));
      int bytes = 0;
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        if (!entry.getKey().matches("[a-z0-9-]+")) {
          throw new IllegalArgumentException("metadata name: " + entry.getKey());
        }
        checkValue(entry.getKey(), entry.getValue());
        bytes += entry.getKey().length() + entry.getValue().length();
      }
      if (bytes > MAX_METADATA_BYTES) {
        throw new IllegalArgumentException(
            "metadata of " + bytes + " bytes; at most " + MAX_METADATA_BYTES + " can be kept");
      }
      metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    private static void checkValue(String name, String value) {
      if (!value.matches("[!-~]([ -~]*[!-~])?")) {
        throw new IllegalArgumentException(name + ": not printable ASCII: '" + value + "'");
      }
    }

    /** Returns attributes that say nothing. */
    public static Attributes none() {
      return NONE;
    }

    /**
     * Returns a copy with a content type.
     *
     * @throws IllegalArgumentException if it is not printable ASCII
     * @throws NullPointerException if {@code contentType} is null
     */
    public Attributes withContentType(String contentType) {
      Objects.requireNonNull(contentType, "contentType");
      return new Attributes(Optional.of(contentType), cacheControl, metadata);
    }

    /**
     * Returns a copy with a cache control.
     *
     * @throws IllegalArgumentException if it is not printable ASCII
     * @throws NullPointerException if {@code cacheControl} is null
     */
    public Attributes withCacheControl(String cacheControl) {
      Objects.requireNonNull(cacheControl, "cacheControl");
      return new Attributes(contentType, Optional.of(cacheControl), metadata);
    }

    /**
     * Returns a copy with other metadata.
     *
     * @throws IllegalArgumentException if they break the rules of {@link Attributes}
     * @throws NullPointerException if {@code metadata} is null
     */
    public Attributes withMetadata(Map<String, String> metadata) {
      return new Attributes(contentType, cacheControl, metadata);
    }
  }

  /** What must hold of the object under a key for a {@link #put} to replace it. */
  sealed interface Condition {

    /** Returns the condition that always holds. */
    static Condition always() {
      return new Always();
    }

    /** Returns the condition that there is no object yet ({@code If-None-Match: *}). */
    static Condition absent() {
      return new Absent();
    }

    /**
     * Returns the condition that the object has this version ({@code If-Match}).
     *
     * @throws NullPointerException if {@code version} is null
     */
    static Condition unchanged(String version) {
      return new Unchanged(version);
    }

    /**
     * Returns whether the condition holds of the object that is there, if any.
     *
     * @throws NullPointerException if {@code present} is null
     */
    default boolean holds(Optional<Entry> present) {
      Objects.requireNonNull(present, "present");
      if (this instanceof Unchanged unchanged) {
        return present.isPresent() && present.get().version().equals(unchanged.version());
      }
      return this instanceof Always || present.isEmpty();
    }

    /** Always holds. */
    record Always() implements Condition {}

    /** Holds when there is no object. */
    record Absent() implements Condition {}

    /**
     * Holds while the object has a version.
     *
     * @param version the version
     */
    record Unchanged(String version) implements Condition {

      /**
       * Refuses nulls.
       *
       * @throws NullPointerException if a component is null
       */
      public Unchanged {
        Objects.requireNonNull(version, "version");
      }
    }
  }

  /** Why a store failed. */
  enum Kind {
    /** There is no such object, bucket or folder. */
    NOT_FOUND("not found", false),
    /** The store knows the caller and says no, or does not know it. */
    ACCESS_DENIED("access denied", false),
    /** The object is not the one expected: it was replaced, or is there already. */
    CONFLICT("changed meanwhile", true),
    /** The store asks to be called less often. */
    THROTTLED("throttled", true),
    /** The store cannot be reached, broke off, or reports a fault of its own. */
    NETWORK("store not reached", true),
    /** The store cannot keep an object under this key. */
    INVALID_KEY("invalid key", false),
    /**
     * The store refuses the request for another reason.
     *
     * @throws NullPointerException if an argument is null
     */
    REJECTED("request rejected", false);

    private final String text;
    private final boolean retryable;

    Kind(String text, boolean retryable) {
      this.text = text;
      this.retryable = retryable;
    }

    /** Returns whether the same call may succeed later. */
    public boolean retryable() {
      return retryable;
    }
  }

  /** A store could not do what was asked. */
  final class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * Creates the error.
     *
     * @param kind why
     * @param detail the key, and what else helps to find the cause
     * @throws NullPointerException if an argument is null
     */
    public StoreException(Kind kind, String detail) {
      super(
          Objects.requireNonNull(kind, "kind").text
              + ": "
              + Objects.requireNonNull(detail, "detail"));
      this.kind = kind;
    }

    /**
     * Creates the error.
     *
     * @param kind why
     * @param detail the key, and what else helps to find the cause
     * @param cause what the store's client reported
     * @throws NullPointerException if an argument is null
     */
    public StoreException(Kind kind, String detail, Throwable cause) {
      super(
          Objects.requireNonNull(kind, "kind").text
              + ": "
              + Objects.requireNonNull(detail, "detail"),
          Objects.requireNonNull(cause, "cause"));
      this.kind = kind;
    }

    /** Returns why. */
    public Kind kind() {
      return kind;
    }

    /** Returns whether the same call may succeed later. */
    public boolean retryable() {
      return kind.retryable();
    }
  }
}
