package dev.miniatura.http;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The header {@code Accept} (RFC 9110, section 12.5.1).
 *
 * @param types the media types that are named with a quality other than zero
 */
record Accept(Set<String> types) {

  private static final Pattern ZERO = Pattern.compile("q=0(\\.0{0,3})?");

  static Accept of(String header) {
    Set<String> types = new HashSet<>();
    for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.trim().split("\\s*;\\s*", -1);
      boolean refused = false;
      for (int i = 1; i < parts.length; i++) {
        refused |= ZERO.matcher(parts[i]).matches();
      }
      if (!refused) {
        types.add(parts[0]);
      }
    }
    return new Accept(types);
  }

  /**
   * Returns whether a type is named. A type covered only by a wildcard is not: programs that accept
   * any image do not mean formats newer than themselves.
   */
  boolean names(String mediaType) {
    return types.contains(mediaType);
  }
}
