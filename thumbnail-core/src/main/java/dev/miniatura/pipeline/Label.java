package dev.miniatura.pipeline;

import dev.miniatura.Thumbnail;
import dev.miniatura.internal.bytes.Sha256;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origin of a thumbnail, as recorded in its metadata. The pipeline remembers nothing else: it
 * needs no database to know what is done, and the record cannot outlive the thumbnail.
 *
 * @param sourceId stands for the source's key, which may be too long to store
 * @param sourceVersion the version of the source it was made from
 * @param specHash the spec it was made with
 * @param kept stands for the way it is stored, {@code ""} for no special way; empty if any way will
 *     do
 */
record Label(String sourceId, String sourceVersion, String specHash, Optional<String> kept) {

  /** Its presence marks an object as a thumbnail. */
  private static final String MARKER = "miniatura";

  private static final String SOURCE = "miniatura-source";
  private static final String VERSION = "miniatura-version";
  private static final String SPEC = "miniatura-spec";
  private static final String SIZE = "miniatura-size";
  private static final String KEPT = "miniatura-kept";

  private static final String FORMAT_VERSION = "1";
  private static final Pattern WIDTH_BY_HEIGHT = Pattern.compile("(\\d{1,9})x(\\d{1,9})");
  private static final int ID_BYTES = 16;

  static String sourceId(String key) {
    return digest(key);
  }

  /**
   * Returns a hash of the way in which thumbnails are stored; the words themselves are not public.
   */
  static Optional<String> kept(Optional<String> cacheControl, Optional<String> keptAs) {
    if (cacheControl.isEmpty() && keptAs.isEmpty()) {
      return Optional.empty();
    }
    String words = cacheControl.orElse("") + "\n" + keptAs.orElse("");
    return Optional.of(words.equals("\n") ? "" : digest(words));
  }

  private static String digest(String text) {
    return Sha256.hex(text, ID_BYTES);
  }

  static boolean marks(Entry entry) {
    return entry.attributes().metadata().containsKey(MARKER);
  }

  /** Returns whether an object is a thumbnail of a source, of any version and spec. */
  static boolean isOf(String sourceId, Entry entry) {
    return sourceId.equals(entry.attributes().metadata().get(SOURCE));
  }

  /** Returns whether an object is a thumbnail of the same source, of any version and spec. */
  boolean sameSource(Entry entry) {
    return isOf(sourceId, entry);
  }

  /** Returns whether an object is a thumbnail of another version of the same source. */
  boolean otherVersion(Entry entry) {
    return sameSource(entry) && !sourceVersion.equals(entry.attributes().metadata().get(VERSION));
  }

  /** Returns whether an object is a thumbnail of another source. */
  boolean otherSource(Entry entry) {
    return marks(entry) && !sameSource(entry);
  }

  /** Returns the object as the thumbnail that this label describes, if it is. */
  Optional<Outcome.Item> match(String spec, Entry entry) {
    Map<String, String> metadata = entry.attributes().metadata();
    Matcher size = WIDTH_BY_HEIGHT.matcher(metadata.getOrDefault(SIZE, ""));
    if (!sameSource(entry)
        || !sourceVersion.equals(metadata.get(VERSION))
        || !specHash.equals(metadata.get(SPEC))
        || kept.filter(value -> !value.equals(metadata.getOrDefault(KEPT, ""))).isPresent()
        || !size.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Outcome.Item(
            spec,
            specHash,
            entry.key(),
            Integer.parseInt(size.group(1)),
            Integer.parseInt(size.group(2)),
            entry.size(),
            entry.attributes().contentType().orElse("")));
  }

  /** Returns the attributes with which a thumbnail is written. */
  Attributes attributes(Thumbnail thumbnail, Optional<String> cacheControl) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(MARKER, FORMAT_VERSION);
    metadata.put(SOURCE, sourceId);
    metadata.put(VERSION, sourceVersion);
    metadata.put(SPEC, specHash);
    metadata.put(SIZE, thumbnail.width() + "x" + thumbnail.height());
    kept.filter(value -> !value.isEmpty()).ifPresent(value -> metadata.put(KEPT, value));
    return new Attributes(Optional.of(thumbnail.mediaType()), cacheControl, metadata);
  }
}
