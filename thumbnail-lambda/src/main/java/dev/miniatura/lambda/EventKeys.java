package dev.miniatura.lambda;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The encodings of keys in events. Decoding is strict: a key in another encoding than its envelope
 * promises would name another object.
 */
enum EventKeys {
  /** As it is. */
  PLAIN,
  /** Percent-encoded UTF-8 (RFC 3986). */
  PERCENT,
  /** Percent-encoded UTF-8 with plus signs for spaces, as in HTML forms. */
  FORM;

  private static final int HEX = 16;

  /**
   * Returns the key.
   *
   * @param written the event's value
   */
  String decode(Json written) throws EventException {
    return decode(written.text(), written.path());
  }

  /**
   * Returns the key.
   *
   * @param text the text in the event
   * @param place its place in the event
   */
  String decode(String text, String place) throws EventException {
    if (text.isEmpty()) {
      throw new EventException(place + " is empty");
    }
    if (this == PLAIN) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int position = 0;
    while (position < text.length()) {
      int c = text.codePointAt(position);
      if (c == '%') {
        bytes.write(octet(text, position, place));
        position += 3;
      } else {
        bytes.writeBytes(
            (c == '+' && this == FORM ? " " : Character.toString(c))
                .getBytes(StandardCharsets.UTF_8));
        position += Character.charCount(c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new EventException(place + " is not UTF-8: '" + text + "'", e);
    }
  }

  private static int octet(String text, int position, String place) throws EventException {
    boolean whole = position + 2 < text.length();
    int high = whole ? Character.digit(text.charAt(position + 1), HEX) : -1;
    int low = whole ? Character.digit(text.charAt(position + 2), HEX) : -1;
    if (high < 0 || low < 0) {
      throw new EventException(place + " has a bare percent sign: '" + text + "'");
    }
    return high * HEX + low;
  }
}
