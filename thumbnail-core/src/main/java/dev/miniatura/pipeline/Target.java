package dev.miniatura.pipeline;

import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.storage.ImageStore.Entry;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The destination of the thumbnail of one source and spec. The key may depend on the format, which
 * may depend on the source's content, so there can be several.
 *
 * @param name the spec's name
 * @param spec the spec
 * @param keys the key for each possible format
 * @param present the existing objects; filled by the check
 */
record Target(
    String name,
    ThumbnailSpec spec,
    Map<OutputFormat, String> keys,
    Map<String, Optional<Entry>> present) {

  static Target of(
      String name, ThumbnailSpec spec, String source, String prefix, KeyTemplate template) {
    Map<OutputFormat, String> keys = new LinkedHashMap<>();
    for (OutputFormat format : likelyFirst(spec.possibleFormats(), source)) {
      keys.put(format, LongNames.shortened(prefix + template.expand(source, name, format)));
    }
    return new Target(name, spec, keys, new LinkedHashMap<>());
  }

  /** Returns the formats, starting with the one that the source's name suggests, if any. */
  private static List<OutputFormat> likelyFirst(List<OutputFormat> formats, String source) {
    String name = source.toLowerCase(Locale.ROOT);
    return formats.stream()
        .sorted(Comparator.comparing(format -> !name.endsWith("." + format.extension())))
        .toList();
  }

  /** Returns the object under a key as the thumbnail that a label describes, if it is. */
  Optional<Outcome.Item> match(String candidate, Label label) {
    return present
        .getOrDefault(candidate, Optional.empty())
        .flatMap(there -> label.match(name, there));
  }

  /** Returns the distinct keys. */
  List<String> candidates() {
    return keys.values().stream().distinct().toList();
  }
}
