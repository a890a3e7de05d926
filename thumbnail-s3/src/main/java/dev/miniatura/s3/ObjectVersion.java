package dev.miniatura.s3;

import java.util.Optional;

/**
 * One version of an object, and its text form: the entity tag without its quotes and, if a
 * particular version in a versioned bucket was requested, a space and the version id. Otherwise the
 * version id is not part of the text, because a listing does not return it. Entity tags contain no
 * spaces (RFC 9110, 8.8.3).
 *
 * @param key the key in the bucket
 * @param tag the entity tag, without quotes
 * @param versionId the version in a versioned bucket; if empty, the current one
 */
record ObjectVersion(String key, String tag, Optional<String> versionId) {

  /** Parses the output of {@link #text}. */
  static ObjectVersion parse(String key, String text) {
    int space = text.indexOf(' ');
    return space < 0
        ? new ObjectVersion(key, text, Optional.empty())
        : new ObjectVersion(key, text.substring(0, space), Optional.of(text.substring(space + 1)));
  }

  /** Returns a header's value without its quotes, which some servers omit. */
  static String unquoted(String header) {
    boolean quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
    return quoted ? header.substring(1, header.length() - 1) : header;
  }

  String quotedTag() {
    return "\"" + tag + "\"";
  }

  String text() {
    return versionId.map(id -> tag + " " + id).orElse(tag);
  }
}
