package dev.miniatura.demo;

import java.io.PrintStream;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Prints the function's results, for a terminal of 96 columns. */
final class Table {

  private static final int WIDTH = 96;
  private static final int KEY = 58;

  private final PrintStream out;

  Table(PrintStream out) {
    this.out = out;
  }

  void title(String text) {
    out.println();
    out.println(text);
    out.println("-".repeat(WIDTH));
  }

  /**
   * Prints an object and its result.
   *
   * @param label the name to print
   * @param result the function's result
   */
  void row(String label, JsonNode result) {
    out.println(padded(label, KEY) + result.path("outcome").asString());
    String detail = result.path("detail").asString("");
    if (!detail.isEmpty()) {
      line(detail.startsWith("source_") ? "the object is there" : detail);
    }
    for (JsonNode thumbnail : result.path("thumbnails")) {
      out.println(
          padded("  " + thumbnail.path("key").asString(), KEY)
              + String.format(
                  Locale.ROOT,
                  "%4d x %-4d %9.1f kB",
                  thumbnail.path("width").asInt(),
                  thumbnail.path("height").asInt(),
                  thumbnail.path("bytes").asLong() / 1e3));
    }
  }

  private void line(String text) {
    String rest = text;
    while (columns(rest) > WIDTH - 2) {
      int end = Math.max(1, rest.lastIndexOf(' ', WIDTH - 2));
      out.println("  " + rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
    out.println("  " + rest);
  }

  private static String padded(String text, int width) {
    int columns = columns(text);
    return columns < width ? text + " ".repeat(width - columns) : text + " ";
  }

  private static int columns(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  /** Chinese and Japanese characters and emoji take two columns in terminals. */
  private static boolean isWide(int character) {
    return Character.isIdeographic(character) || character >= 0x1F300;
  }
}
