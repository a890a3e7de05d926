package dev.miniatura.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a URL: the first 192 bits of an HMAC-SHA256 (RFC 2104, FIPS 180-4) in base64url
 * (RFC 4648, section 5), which is 32 characters with no bits left over. It is made over a version
 * tag, the key's id and everything that follows the signature in the path, as it is sent.
 */
final class Signature {

  static final int LENGTH = 32;

  private static final String VERSION_TAG = "miniatura-1/";
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /**
   * Signs.
   *
   * @param rest what follows the signature: {@code [.expires]/spec/key}, encoded
   */
  static String of(SigningKey key, String rest) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes(key.secret()), ALGORITHM));
      byte[] code = mac.doFinal(bytes(VERSION_TAG + key.id() + rest));
      return Base64.getUrlEncoder().encodeToString(code).substring(0, LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Compares in a time that reveals nothing about the right signature. */
  static boolean isRight(String signature, SigningKey key, String rest) {
    return MessageDigest.isEqual(bytes(signature), bytes(of(key, rest)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
