package dev.miniatura.s3;

import java.util.Optional;

/**
 * One version of an object, and how the text that stands for it is written: the entity tag without
 * its quotes and, when a particular version of a bucket with versioning was asked for, a space and
 * the version id. A listing does not tell version ids, which is why they are no part of the text
 * otherwise. No entity tag holds a space (RFC 9110, 8.8.3).
 *
 * @param key the key in the bucket
 * @param tag the entity tag, without quotes
 * @param versionId the version of a bucket with versioning; the current one if it is empty
 */
record ObjectVersion(String key, String tag, Optional<String> versionId) {

  /** Reads what {@link #text} has written. */
  static ObjectVersion parse(String key, String text) {
    int space = text.indexOf(' ');
    return space < 0
        ? new ObjectVersion(key, text, Optional.empty())
        : new ObjectVersion(key, text.substring(0, space), Optional.of(text.substring(space + 1)));
  }

  /** Returns a header's value without the quotes, which some servers leave out. */
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
