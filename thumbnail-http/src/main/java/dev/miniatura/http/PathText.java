package dev.miniatura.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Keys as the end of a path (RFC 3986): UTF-8, percent-encoded, with slashes as they are. */
final class PathText {

  private static final String UNRESERVED = "-._~";

  private PathText() {}

  /** Encodes all but unreserved characters and slashes. */
  static String encode(String key) {
    StringBuilder path = new StringBuilder();
    for (byte unit : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (unit & 0xff);
      if (isAlphanumeric(c) || UNRESERVED.indexOf(c) >= 0 || c == '/') {
        path.append(c);
      } else {
        path.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return path.toString();
  }

  /**
   * Decodes once. A plus is a plus.
   *
   * @throws CharacterCodingException if the text is not ASCII, an escape is cut off or not
   *     hexadecimal, or the decoded bytes are not UTF-8
   */
  static String decode(String path) throws CharacterCodingException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
    int at = 0;
    while (at < path.length()) {
      char c = path.charAt(at);
      if (c <= ' ' || c > '~') {
        throw new CharacterCodingException();
      }
      if (c != '%') {
        bytes.write(c);
        at++;
        continue;
      }
      int high = at + 3 <= path.length() ? Character.digit(path.charAt(at + 1), 16) : -1;
      int low = at + 3 <= path.length() ? Character.digit(path.charAt(at + 2), 16) : -1;
      if (high < 0 || low < 0) {
        throw new CharacterCodingException();
      }
      bytes.write(high << 4 | low);
      at += 3;
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.toByteArray()))
        .toString();
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static char hex(int digit) {
    return Character.toUpperCase(Character.forDigit(digit, 16));
  }
}
