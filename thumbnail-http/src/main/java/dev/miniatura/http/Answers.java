package dev.miniatura.http;

import dev.miniatura.Thumbnail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Builds answers. */
final class Answers {

  private static final byte[] NOTHING = {};

  /** Seconds after which a client should retry when the service is overloaded. */
  private static final String RETRY_AFTER = "1";

  private final Duration maxAge;
  private final Duration errorMaxAge;
  private final Optional<String> cors;
  private final Optional<Thumbnail> placeholder;

  Answers(
      Duration maxAge,
      Duration errorMaxAge,
      Optional<String> cors,
      Optional<Thumbnail> placeholder) {
    this.maxAge = maxAge;
    this.errorMaxAge = errorMaxAge;
    this.cors = cors;
    this.placeholder = placeholder;
  }

  /**
   * For whom and for how long an answer is valid.
   *
   * @param entityTag its tag
   * @param negotiated whether clients that accept other formats get another answer
   * @param left how much longer the URL is valid, if it expires
   */
  record Validity(String entityTag, boolean negotiated, Optional<Duration> left) {}

  boolean hasCors() {
    return cors.isPresent();
  }

  ThumbnailResponse preflight() {
    Map<String, String> headers = common();
    headers.put("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
    headers.put("Access-Control-Allow-Headers", "*");
    headers.put("Access-Control-Max-Age", "86400");
    return new ThumbnailResponse(204, headers, NOTHING, "preflight");
  }

  ThumbnailResponse notModified(Validity validity) {
    return new ThumbnailResponse(304, valid(validity), NOTHING, "not_modified");
  }

  ThumbnailResponse picture(Picture picture, Validity validity, String key, boolean head) {
    Map<String, String> headers = valid(validity);
    headers.put("Content-Disposition", FileName.disposition(key, picture.mediaType()));
    return body(
        200,
        headers,
        picture.mediaType(),
        picture.bytes(),
        head,
        picture.rendered() ? "rendered" : "stored");
  }

  private Map<String, String> valid(Validity validity) {
    Map<String, String> headers = common();
    headers.put("ETag", validity.entityTag());
    Duration age = validity.left().filter(left -> left.compareTo(maxAge) < 0).orElse(maxAge);
    headers.put("Cache-Control", "public, max-age=" + age.toSeconds());
    if (validity.negotiated()) {
      headers.put("Vary", "Accept");
    }
    return headers;
  }

  ThumbnailResponse problem(ProblemException e, boolean head) {
    Problem problem = e.problem();
    Map<String, String> headers = common();
    headers.put(
        "Cache-Control",
        problem.isOfTheImage() ? "public, max-age=" + errorMaxAge.toSeconds() : "no-store");
    if (problem.passes()) {
      headers.put("Retry-After", RETRY_AFTER);
    }
    if (problem == Problem.METHOD_NOT_ALLOWED) {
      headers.put("Allow", hasCors() ? "GET, HEAD, OPTIONS" : "GET, HEAD");
    }
    headers.put("Miniatura-Error", problem.code());
    if (placeholder.isPresent()) {
      Thumbnail picture = placeholder.get();
      return body(
          problem.status(), headers, picture.mediaType(), picture.bytes(), head, problem.code());
    }
    String json =
        "{\"error\":\"%s\",\"message\":\"%s\"}\n"
            .formatted(problem.code(), escaped(String.valueOf(e.getMessage())));
    return body(
        problem.status(),
        headers,
        "application/json",
        json.getBytes(StandardCharsets.UTF_8),
        head,
        problem.code());
  }

  private Map<String, String> common() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Content-Type-Options", "nosniff");
    cors.ifPresent(origin -> headers.put("Access-Control-Allow-Origin", origin));
    return headers;
  }

  private static ThumbnailResponse body(
      int status,
      Map<String, String> headers,
      String mediaType,
      byte[] bytes,
      boolean head,
      String code) {
    headers.put("Content-Type", mediaType);
    headers.put("Content-Length", Integer.toString(bytes.length));
    return new ThumbnailResponse(status, headers, head ? NOTHING : bytes, code);
  }

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        escaped.append("\\u%04x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
