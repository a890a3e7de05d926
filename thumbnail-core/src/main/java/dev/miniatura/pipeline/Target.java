package dev.miniatura.pipeline;

import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.storage.ImageStore.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the thumbnail of one source and spec goes. The key may depend on the format, which may
 * depend on what the source turns out to be, so there can be several.
 *
 * @param name the spec's name
 * @param spec what to make
 * @param keys the key for each format it can have
 * @param present what is there; filled by the check
 */
record Target(
    String name,
    ThumbnailSpec spec,
    Map<OutputFormat, String> keys,
    Map<String, Optional<Entry>> present) {

  static Target of(
      String name, ThumbnailSpec spec, String source, String prefix, KeyTemplate template) {
    List<OutputFormat> formats = spec.format().map(List::of).orElseGet(() -> likelyFirst(source));
    Map<OutputFormat, String> keys = new LinkedHashMap<>();
    for (OutputFormat format : formats) {
      keys.put(format, LongNames.shortened(prefix + template.expand(source, name, format)));
    }
    return new Target(name, spec, keys, new LinkedHashMap<>());
  }

  /** Returns all formats, first the one that the source's name suggests. */
  private static List<OutputFormat> likelyFirst(String source) {
    String name = source.toLowerCase(Locale.ROOT);
    if (name.endsWith(".png")) {
      return List.of(OutputFormat.PNG, OutputFormat.JPEG, OutputFormat.GIF);
    }
    if (name.endsWith(".gif")) {
      return List.of(OutputFormat.GIF, OutputFormat.PNG, OutputFormat.JPEG);
    }
    return List.of(OutputFormat.JPEG, OutputFormat.PNG, OutputFormat.GIF);
  }

  /** Returns what is under a key as the thumbnail that a label describes, if it is that. */
  Optional<Outcome.Item> match(String candidate, Label label) {
    return present
        .getOrDefault(candidate, Optional.empty())
        .flatMap(there -> label.match(name, there));
  }

  /** Returns the keys, without those that are the same for several formats. */
  List<String> candidates() {
    return keys.values().stream().distinct().toList();
  }
}
