package dev.miniatura.s3;

import dev.miniatura.storage.ImageStore.Attributes;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of objects that others may have written: whatever breaks the rules of {@link
 * Attributes} is left out. Metadata names are converted to lower case, as in S3; not every server
 * does that.
 */
final class Headers {

  private Headers() {}

  static Attributes attributes(
      @Nullable String contentType, @Nullable String cacheControl, Map<String, String> metadata) {
    Attributes attributes = Attributes.none();
    if (contentType != null) {
      attributes = unlessRefused(attributes, all -> all.withContentType(contentType));
    }
    if (cacheControl != null) {
      attributes = unlessRefused(attributes, all -> all.withCacheControl(cacheControl));
    }
    for (Map.Entry<String, String> header : metadata.entrySet()) {
      attributes =
          unlessRefused(
              attributes, all -> with(all, header.getKey().toLowerCase(Locale.ROOT), header));
    }
    return attributes;
  }

  private static Attributes with(
      Attributes attributes, String name, Map.Entry<String, String> header) {
    Map<String, String> metadata = new TreeMap<>(attributes.metadata());
    metadata.put(name, header.getValue());
    return attributes.withMetadata(metadata);
  }

  private static Attributes unlessRefused(Attributes attributes, UnaryOperator<Attributes> step) {
    try {
      return step.apply(attributes);
    } catch (IllegalArgumentException e) {
      return attributes;
    }
  }
}
