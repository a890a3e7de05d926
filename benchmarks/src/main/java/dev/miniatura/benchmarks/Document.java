package dev.miniatura.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keeps generated parts of hand-written documents up to date. */
final class Document {

  private Document() {}

  /** Prints a report, and writes it into documents. */
  static void publish(String name, String content, List<String> documents) throws IOException {
    System.out.println(content);
    for (String document : documents) {
      Path path = Path.of(document);
      String text = Files.exists(path) ? Files.readString(path) : "";
      Files.writeString(path, replaced(text, name, content));
    }
  }

  /**
   * Replaces the text between the lines {@code <!-- name:begin -->} and {@code <!-- name:end -->};
   * appends both at the end of a document that lacks them.
   */
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
