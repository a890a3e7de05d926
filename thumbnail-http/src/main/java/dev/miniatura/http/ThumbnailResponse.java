package dev.miniatura.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An answer to send.
 *
 * @param status the status
 * @param headers the headers in order, including {@code Content-Length}; unmodifiable
 * @param body the bytes to send; empty for {@code HEAD}; the caller owns the array
 * @param code what was done, for logs and metrics: {@code rendered}, {@code stored} (made earlier),
 *     {@code not_modified}, {@code preflight}, or the code of the error
 */
public record ThumbnailResponse(
    int status,
    Map<String, String> headers,
    @SuppressWarnings("ArrayRecordComponent") byte[] body,
    String code) {

  /**
   * Makes the headers unmodifiable.
   *
   * @throws NullPointerException if a component is null
   */
  public ThumbnailResponse {
    headers =
        Collections.unmodifiableMap(
            new LinkedHashMap<>(Objects.requireNonNull(headers, "headers")));
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(code, "code");
  }
}
