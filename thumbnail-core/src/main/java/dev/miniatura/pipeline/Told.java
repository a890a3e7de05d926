package dev.miniatura.pipeline;

import dev.miniatura.storage.ImageStore.Entry;
import java.util.Optional;

/**
 * What the caller knows of a source.
 *
 * @param version its version
 * @param entry its version and size, if both are known
 */
record Told(Optional<String> version, Optional<Entry> entry) {

  static final Told NOTHING = new Told(Optional.empty(), Optional.empty());

  static Told version(String version) {
    return new Told(Optional.of(version), Optional.empty());
  }

  static Told entry(Entry entry) {
    return new Told(Optional.of(entry.version()), Optional.of(entry));
  }
}
