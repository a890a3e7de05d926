package dev.miniatura.internal.av1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the large tables of the specification from a resource: each is a line with its name and the
 * number of its values, then the values, separated by white space.
 */
final class TableReader {

  private final String resource;
  private final byte[] text;
  private int position;

  TableReader(String resource) {
    this.resource = resource;
    try (InputStream in = TableReader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      text = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the values of the next table, which must have this name and size. */
  int[] next(String name, int count) {
    String found = word();
    int size = number();
    if (!found.equals(name) || size != count) {
      throw new IllegalStateException(
          resource + ": " + found + " " + size + " in place of " + name + " " + count);
    }
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = number();
    }
    return values;
  }

  /** Skips a table, whose values are on one line. */
  void skip() {
    word();
    for (int lines = 0; lines < 2; position++) {
      lines += text[position] == '\n' ? 1 : 0;
    }
  }

  private void skipSpace() {
    while (text[position] <= ' ') {
      position++;
    }
  }

  private String word() {
    skipSpace();
    int start = position;
    while (text[position] > ' ') {
      position++;
    }
    return new String(text, start, position - start, StandardCharsets.US_ASCII);
  }

  private int number() {
    skipSpace();
    boolean negative = text[position] == '-';
    if (negative) {
      position++;
    }
    int value = 0;
    while (position < text.length && text[position] > ' ') {
      value = 10 * value + text[position++] - '0';
    }
    return negative ? -value : value;
  }
}
