package dev.miniatura.internal.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 digest of texts. */
public final class Sha256 {

  private static final int BYTES = 32;

  private Sha256() {}

  /** Returns the digest of a text's UTF-8 bytes in lower-case hexadecimal: 64 digits. */
  public static String hex(String text) {
    return hex(text, BYTES);
  }

  /** Returns the hexadecimal digits of the digest's first bytes, two for each. */
  public static String hex(String text, int bytes) {
    return HexFormat.of().formatHex(of(text), 0, bytes);
  }

  /** Returns the digest of a text's UTF-8 bytes: 32 bytes. */
  public static byte[] of(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
