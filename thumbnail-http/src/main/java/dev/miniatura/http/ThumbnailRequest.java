package dev.miniatura.http;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as a server received it.
 *
 * @param method the method, such as {@code GET}
 * @param target the path as it was sent, undecoded; it may contain a query, which is ignored
 * @param headers the headers, of which {@code Accept} and {@code If-None-Match} matter; names in
 *     any case; several with the same name joined with commas
 */
public record ThumbnailRequest(String method, String target, Map<String, String> headers) {

  /**
   * Refuses nulls.
   *
   * @throws NullPointerException if a component is null
   */
  public ThumbnailRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(target, "target");
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(Objects.requireNonNull(headers, "headers"));
    headers = Collections.unmodifiableMap(copy);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
