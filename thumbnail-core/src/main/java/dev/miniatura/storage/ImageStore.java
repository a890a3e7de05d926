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
 * A store of objects by key: a folder, a bucket, a map. Implementations are thread-safe.
 *
 * <pre>{@code
 * ImageStore store = FileImageStore.of(photos);
 * try (Stream<ImageStore.Entry> entries = store.list("2024/")) {
 *   entries.forEach(entry -> log(entry.key() + ": " + entry.size() + " bytes"));
 * }
 * }</pre>
 *
 * <p>A key is a non-empty string whose parts are separated by {@code /}; it may contain any Unicode
 * except unpaired surrogates. A store that cannot keep objects under a key refuses it with {@link
 * Kind#INVALID_KEY} in every method.
 *
 * <p>Readers never see a partial object: a {@link #put} that fails, or is killed, leaves the
 * previous object.
 *
 * <p>Every failure of the store itself is a {@link StoreException} if its kind is known, and
 * otherwise another {@link IOException}. A call whose thread is interrupted may end early with an
 * {@link java.io.InterruptedIOException} or {@link java.nio.channels.ClosedByInterruptException};
 * the thread stays interrupted.
 *
 * <p>To test an implementation, extend {@code ImageStoreContract} from the artifact {@code
 * thumbnail-storage-testkit}.
 */
public interface ImageStore {

  /**
   * Returns the location of the objects, as a prefix: the object with key {@code k} is at {@code
   * location() + k}, for example {@code s3://photos/} or {@code file:/home/ada/photos/}. If two
   * stores can reach the same object, their locations are equal or one starts with the other.
   */
  String location();

  /**
   * Returns the entry of an object, or empty if it does not exist.
   *
   * @throws IOException if the store fails; a {@link StoreException} if the kind of failure is
   *     known
   * @throws NullPointerException if {@code key} is null
   */
  Optional<Entry> stat(String key) throws IOException;

  /**
   * Returns the entries of those of several objects that exist, by key. If many do not, a store may
   * need fewer requests than one per object.
   *
   * @throws IOException if the store fails; a {@link StoreException} if the kind of failure is
   *     known
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
   * ImageSource#open}; it fails with {@link Kind#NOT_FOUND} if the object is gone by then, and with
   * {@link Kind#CONFLICT} if another version has replaced it.
   *
   * @param entry an entry returned by {@link #stat} or {@link #list} of this store
   * @throws NullPointerException if {@code entry} is null
   */
  ImageSource open(Entry entry);

  /**
   * Returns the full entry and the content of an object that is known from a listing or an event,
   * if it has not changed since. A store may do so with one request, and hold the beginning of the
   * content in memory.
   *
   * @param told key, size and version of the object; the rest is ignored
   * @throws StoreException of kind {@link Kind#NOT_FOUND} if it is gone, and {@link Kind#CONFLICT}
   *     if it has another version or size
   * @throws IOException if the store fails otherwise; a {@link StoreException} if the kind of
   *     failure is known
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
   * Returns a source that reads the current version of an object.
   *
   * @throws StoreException of kind {@link Kind#NOT_FOUND} if there is none
   * @throws IOException if the store fails otherwise; a {@link StoreException} if the kind of
   *     failure is known
   * @throws NullPointerException if {@code key} is null
   */
  default ImageSource open(String key) throws IOException {
    Objects.requireNonNull(key, "key");
    return open(stat(key).orElseThrow(() -> new StoreException(Kind.NOT_FOUND, key)));
  }

  /**
   * Writes an object, replacing an existing one.
   *
   * @param content the bytes to write; opened once per attempt
   * @param attributes the attributes to keep with it
   * @param condition the condition on the existing object
   * @return the version written, which {@link #stat} returns until the next write
   * @throws StoreException of kind {@link Kind#CONFLICT} if the condition does not hold
   * @throws IOException if the store or the content fails otherwise
   * @throws NullPointerException if an argument is null
   */
  String put(String key, ImageSource content, Attributes attributes, Condition condition)
      throws IOException;

  /**
   * Writes an object unconditionally.
   *
   * @throws IOException if the store or the content fails; a {@link StoreException} if the store
   *     knows the kind of failure
   * @throws NullPointerException if an argument is null
   */
  default String put(String key, ImageSource content, Attributes attributes) throws IOException {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(attributes, "attributes");
    return put(key, content, attributes, Condition.always());
  }

  /**
   * Deletes an object, if it exists.
   *
   * @throws IOException if the store fails; a {@link StoreException} if the kind of failure is
   *     known
   * @throws NullPointerException if {@code key} is null
   */
  void delete(String key) throws IOException;

  /**
   * Lists the objects whose keys start with {@code prefix} and come after {@code after}, in the
   * order of their keys as UTF-8 bytes unless the store documents another. Entries are fetched as
   * the stream is consumed, so any number of objects can be listed; the stream must be closed.
   * Listed entries need not carry attributes.
   *
   * <p>Objects written or deleted in the meantime may or may not be listed.
   *
   * @param prefix any string, compared as such; {@code ""} lists everything
   * @param after a key to resume after, or {@code ""}
   * @throws IOException if the store fails before the stream is consumed; later failures are
   *     wrapped in an {@link java.io.UncheckedIOException} thrown by the stream
   * @throws NullPointerException if an argument is null
   */
  Stream<Entry> list(String prefix, String after) throws IOException;

  /**
   * Lists the objects whose keys start with {@code prefix}, as {@link #list(String, String)} does.
   *
   * @throws IOException if the store fails before the stream is consumed; later failures are
   *     wrapped in an {@link java.io.UncheckedIOException} thrown by the stream
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
   * @param lastModified the time it was written
   * @param attributes its attributes; may be empty in a listing
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
   * A full entry and the content of the object.
   *
   * @param entry the entry that {@link #stat} returns
   * @param content the source that {@link #open(Entry)} returns for it
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
   * The attributes kept with an object's bytes. They follow the rules of HTTP headers, so that any
   * store can keep them: values are printable ASCII without spaces at either end, metadata names
   * are made of {@code a-z}, {@code 0-9} and {@code -}, and all names and values of the metadata
   * together have at most {@value #MAX_METADATA_BYTES} bytes.
   *
   * @param contentType the media type
   * @param cacheControl the {@code Cache-Control} with which the object is served
   * @param metadata further values by name; unmodifiable and sorted
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

    /** Returns empty attributes. */
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
     * @throws IllegalArgumentException if they violate the rules of {@link Attributes}
     * @throws NullPointerException if {@code metadata} is null
     */
    public Attributes withMetadata(Map<String, String> metadata) {
      return new Attributes(contentType, cacheControl, metadata);
    }
  }

  /** A condition on the object under a key that a {@link #put} replaces. */
  sealed interface Condition {

    /** Returns the condition that always holds. */
    static Condition always() {
      return new Always();
    }

    /** Returns the condition that no object exists yet ({@code If-None-Match: *}). */
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
     * Returns whether the condition holds for the existing object, if any.
     *
     * @throws NullPointerException if {@code present} is null
     */
    boolean holds(Optional<Entry> present);

    /** Always holds. */
    record Always() implements Condition {

      @Override
      public boolean holds(Optional<Entry> present) {
        Objects.requireNonNull(present, "present");
        return true;
      }
    }

    /** Holds if there is no object. */
    record Absent() implements Condition {

      @Override
      public boolean holds(Optional<Entry> present) {
        Objects.requireNonNull(present, "present");
        return present.isEmpty();
      }
    }

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

      @Override
      public boolean holds(Optional<Entry> present) {
        Objects.requireNonNull(present, "present");
        return present.map(Entry::version).equals(Optional.of(version));
      }
    }
  }

  /** The kind of a failure. */
  enum Kind {
    /** The object, bucket or folder does not exist. */
    NOT_FOUND("not found", false),
    /** The caller is not authenticated, or not authorized. */
    ACCESS_DENIED("access denied", false),
    /** The object is not the expected one: it was replaced, or exists already. */
    CONFLICT("changed meanwhile", true),
    /** The store is throttling requests. */
    THROTTLED("throttled", true),
    /** The store is unreachable, dropped the connection, or reports an internal error. */
    NETWORK("store not reached", true),
    /** The store cannot keep an object under this key. */
    INVALID_KEY("invalid key", false),
    /** The store refused the request for another reason. */
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

  /** A store failed to do what was asked. */
  final class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * Creates the error.
     *
     * @param kind the kind of failure
     * @param detail the key, and anything else that helps to find the cause
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
     * @param kind the kind of failure
     * @param detail the key, and anything else that helps to find the cause
     * @param cause the error of the store's client
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
