package dev.miniatura.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * File names as text. On Linux and macOS a name is bytes, and how Java turns them into text depends
 * on the locale; with {@code LC_ALL=C}, as in cron jobs and containers, everything that is not
 * ASCII is lost. Here names are decoded as UTF-8 wherever possible.
 */
final class FileNames {

  /** The encoding of names, which depends on the locale; not a documented property. */
  private static final Charset SYSTEM =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private static final boolean BYTES = FileSystems.getDefault().getSeparator().equals("/");

  private FileNames() {}

  /** Returns whether the locale limits arguments and names to ASCII. */
  static boolean localeLosesNames() {
    return BYTES && !SYSTEM.equals(StandardCharsets.UTF_8);
  }

  /**
   * Returns a file's name; bytes that are not UTF-8 become {@code %} and two digits.
   *
   * @param path a path with a name
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

  /** Keeps valid UTF-8 characters and escapes the bytes between them. */
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
