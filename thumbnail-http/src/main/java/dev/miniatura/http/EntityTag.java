package dev.miniatura.http;

import dev.miniatura.ThumbnailSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The strong validator of a thumbnail (RFC 9110, section 8.8.3): its source's version, its spec.
 */
final class EntityTag {

  private static final int BYTES = 15; // 20 characters of Base64 without padding

  private EntityTag() {}

  static String of(String sourceVersion, ThumbnailSpec spec) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((sourceVersion + "\n" + spec.hash()).getBytes(StandardCharsets.UTF_8));
      return '"' + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, BYTES)) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns whether a header {@code If-None-Match} has a tag, by the weak comparison. */
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
