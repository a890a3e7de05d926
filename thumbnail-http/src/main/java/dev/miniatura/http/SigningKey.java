package dev.miniatura.http;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A secret with which URLs are signed, and its name in those URLs. A service accepts several, so
 * that a new one can be used before an old one is withdrawn.
 *
 * @param id name of the key in URLs: 1 to 32 letters, digits, {@code -} and {@code _}
 * @param secret at least 32 printable ASCII characters, used as they are; for example the output of
 *     {@code openssl rand -hex 32}
 */
public record SigningKey(String id, String secret) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final Pattern SECRET = Pattern.compile("[!-~]{32,1024}");

  /**
   * Checks the rules.
   *
   * @throws IllegalArgumentException if the id or the secret breaks them
   * @throws NullPointerException if a component is null
   */
  public SigningKey {
    if (!ID.matcher(Objects.requireNonNull(id, "id")).matches()) {
      throw new IllegalArgumentException(
          "'" + id + "' is not a key's id: 1 to 32 letters, digits, - and _");
    }
    if (!SECRET.matcher(Objects.requireNonNull(secret, "secret")).matches()) {
      throw new IllegalArgumentException(
          "the secret of '" + id + "' is not 32 to 1024 printable ASCII characters without spaces");
    }
  }

  /**
   * Reads {@code id:secret}.
   *
   * @throws IllegalArgumentException if the text has another form; the message does not repeat it
   * @throws NullPointerException if {@code text} is null
   */
  public static SigningKey parse(String text) {
    int colon = Objects.requireNonNull(text, "text").indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("a signing key has the form id:secret");
    }
    return new SigningKey(text.substring(0, colon), text.substring(colon + 1));
  }

  /** Returns the id only: secrets do not belong in logs. */
  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
