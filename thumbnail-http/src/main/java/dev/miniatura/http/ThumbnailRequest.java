package dev.miniatura.http;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request, as a server got it.
 *
 * @param method the method, such as {@code GET}
 * @param target the path as it was sent, undecoded; a query may follow and is not looked at
 * @param headers the headers that matter are {@code Accept} and {@code If-None-Match}; several of
 *     one name are joined with commas; names in any case
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
