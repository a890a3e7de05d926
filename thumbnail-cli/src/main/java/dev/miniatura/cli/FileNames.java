package dev.miniatura.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * Names of files as text. On Linux and macOS a name is bytes, and how Java turns them into text
 * depends on the locale; with {@code LC_ALL=C}, as in cron jobs and containers, it loses all that
 * is not ASCII. Here they are UTF-8 wherever they can be.
 */
final class FileNames {

  /** The encoding of names, which the locale decides; not a documented property. */
  private static final Charset SYSTEM =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private static final boolean BYTES = FileSystems.getDefault().getSeparator().equals("/");

  private FileNames() {}

  /** Returns whether the locale keeps arguments and names from being more than ASCII. */
  static boolean localeLosesNames() {
    return BYTES && !SYSTEM.equals(StandardCharsets.UTF_8);
  }

  /**
   * Returns a file's name; bytes that are no UTF-8 become {@code %} and two digits.
   *
   * @param path has a name
   */
  static String of(Path path) {
    String text = String.valueOf(path.getFileName());
    if (!BYTES || text.chars().allMatch(c -> c < 0x80 && c != '?')) {
      return text;
    }
    // The URI of a path has its bytes, whatever the locale
    String uri = path.toUri().getRawPath();
    String raw = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    byte[] bytes = unescaped(raw.substring(raw.lastIndexOf('/') + 1));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return lenient(bytes);
    }
  }

  private static byte[] unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(text.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  /** Keeps the characters that are UTF-8, and escapes the bytes between them. */
  private static String lenient(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < bytes.length; ) {
      int length = 1;
      String character = "";
      while (length <= 4 && at + length <= bytes.length && character.isEmpty()) {
        try {
          character =
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(bytes, at, length))
                  .toString();
        } catch (CharacterCodingException e) {
          length++;
        }
      }
      if (character.isEmpty()) {
        text.append(String.format("%%%02X", bytes[at] & 0xff));
        at++;
      } else {
        text.append(character);
        at += length;
      }
    }
    return text.toString();
  }
}
