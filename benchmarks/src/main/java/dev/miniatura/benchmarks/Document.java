package dev.miniatura.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps generated parts of hand-written documents up to date. */
final class Document {

  private Document() {}

  /**
   * Replaces what stands between the lines {@code <!-- name:begin -->} and {@code <!-- name:end
   * -->}; appends both at the end of a document that lacks them, and creates one that is not there.
   */
  static void update(Path document, String name, String content) throws IOException {
    String text = Files.exists(document) ? Files.readString(document) : "";
    Files.writeString(document, replaced(text, name, content));
  }

  static String replaced(String text, String name, String content) {
    String begin = "<!-- " + name + ":begin -->\n";
    String end = "<!-- " + name + ":end -->\n";
    String part = begin + content.strip() + "\n" + end;
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    return from < 0 || to < from
        ? text + (text.isEmpty() || text.endsWith("\n\n") ? "" : "\n") + part
        : text.substring(0, from) + part + text.substring(to + end.length());
  }
}
