package dev.miniatura.http;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.bytes.Sha256;
import java.util.Arrays;
import java.util.Base64;

/**
 * The strong validator of a thumbnail (RFC 9110, section 8.8.3): a digest of its source's version
 * and its spec.
 */
final class EntityTag {

  private static final int BYTES = 15; // 20 characters of Base64 without padding

  private EntityTag() {}

  static String of(String sourceVersion, ThumbnailSpec spec) {
    byte[] digest = Sha256.of(sourceVersion + "\n" + spec.hash());
    return '"' + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, BYTES)) + '"';
  }

  /** Returns whether an {@code If-None-Match} header contains a tag, by weak comparison. */
  static boolean matches(String header, String tag) {
    for (String each : header.split(",", -1)) {
      String trimmed = each.trim();
      String opaque = trimmed.startsWith("W/") ? trimmed.substring(2) : trimmed;
      if (opaque.equals(tag) || opaque.equals("*")) {
        return true;
      }
    }
    return false;
  }
}
