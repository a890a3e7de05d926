package dev.miniatura.internal.pnm;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;

/** Reads the words of a header and the numbers of plain formats, without comments. */
final class HeaderText {

  private static final int MAX_WORD = 64;

  private final Container container;
  private final SourceBytes bytes;

  /** The offset of the next byte. */
  long at;

  HeaderText(Container container, SourceBytes bytes, long at) {
    this.container = container;
    this.bytes = bytes;
    this.at = at;
  }

  private int read() throws IOException {
    int next = bytes.at(at);
    at += next < 0 ? 0 : 1;
    return next;
  }

  /** Reads the rest of a line; a comment counts as the white space that ends it. */
  private void skipComment() throws IOException {
    int next = read();
    while (next >= 0 && next != '\n' && next != '\r') {
      next = read();
    }
  }

  /** Returns the first byte of the next word without reading it; −1 at the end. */
  private int skipSpace() throws IOException {
    int next = bytes.at(at);
    while (next == '#' || isSpace(next)) {
      at++;
      if (next == '#') {
        skipComment();
      }
      next = bytes.at(at);
    }
    return next;
  }

  private static boolean isSpace(int read) {
    return read == ' ' || (read >= '\t' && read <= '\r');
  }

  /** Returns the next word and reads the white-space character that ends it; empty at the end. */
  String word() throws IOException {
    skipSpace();
    StringBuilder word = new StringBuilder();
    int next = read();
    while (next >= 0 && !isSpace(next) && next != '#') {
      word.append((char) next);
      if (word.length() > MAX_WORD) {
        throw malformed("a word of more than " + MAX_WORD + " letters");
      }
      next = read();
    }
    if (next == '#') {
      skipComment();
    }
    return word.toString();
  }

  /** Returns the next number, which must be positive. */
  int positive(String name) throws IOException {
    String word = word();
    if (word.isEmpty()) {
      throw malformed("ends within its header");
    }
    try {
      int value = Integer.parseInt(word);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw malformed("a " + name + " of \"" + printable(word) + "\"");
  }

  private static String printable(String word) {
    return word.replaceAll("[^ -~]", "?");
  }

  /** Reads the rest of the line. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = read();
    while (next >= 0 && next != '\n' && line.length() <= MAX_WORD) {
      line.append((char) next);
      next = read();
    }
    return line.toString();
  }

  /** Returns the next 0 or 1, which may follow the previous one directly; −1 at the end. */
  int digit() throws IOException {
    int next = skipSpace();
    if (next < 0) {
      return -1;
    }
    at++;
    if (next != '0' && next != '1') {
      throw malformed("a bit that is neither 0 nor 1");
    }
    return next - '0';
  }

  /** Returns the next number of a plain picture, capped at 65,536; −1 at the end. */
  int number() throws IOException {
    int next = skipSpace();
    if (next < 0) {
      return -1;
    }
    if (next < '0' || next > '9') {
      throw malformed("a sample that is no number");
    }
    int value = 0;
    while (next >= '0' && next <= '9') {
      value = Math.min(1 << 16, 10 * value + next - '0');
      at++;
      next = bytes.at(at);
    }
    return value;
  }

  MalformedImageException malformed(String reason) {
    return container.malformed(at, reason);
  }
}
