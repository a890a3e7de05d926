package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that tests make, and that are checked in. */
final class CheckedIn {

  private static final boolean WRITE = Boolean.getBoolean("write");

  private CheckedIn() {}

  /** Compares a file with what it should be, or writes it if {@code -Dwrite=true} says so. */
  static void assertUpToDate(Path file, String content) throws IOException {
    if (WRITE) {
      Files.writeString(file, content);
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as("%s; if the change is meant, run the tests with -Dwrite=true and review it", file)
        .isEqualTo(content);
  }

  /** The same for the part of a file between two lines that mark it. */
  static void assertUpToDate(Path file, String mark, String content) throws IOException {
    String text = Files.readString(file);
    String begin = "<!-- " + mark + ":begin -->\n";
    String end = "<!-- " + mark + ":end -->\n";
    assertThat(text).contains(begin).contains(end);
    assertUpToDate(
        file,
        text.substring(0, text.indexOf(begin) + begin.length())
            + content
            + text.substring(text.indexOf(end)));
  }
}
