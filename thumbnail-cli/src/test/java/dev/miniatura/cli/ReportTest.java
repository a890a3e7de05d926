package dev.miniatura.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReportTest {

  private static final int COLUMNS = 60;

  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

  private Report report(long sources, boolean bar) {
    CommandLine command = Miniatura.commandLine();
    command.setErr(new PrintWriter(err, true));
    command.setOut(new PrintWriter(new StringWriter()));
    PrintStream screen = new PrintStream(terminal, true, UTF_8);
    return new Report(
        command, false, false, sources, bar ? new Bar(screen, () -> COLUMNS, sources) : null);
  }

  /**
   * Returns the lines of a terminal that supports carriage return, line feed and erasing a line.
   */
  private List<String> screen() {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int column = 0;
    String text = terminal.toString(UTF_8).replace("\u001b[K", "\u0000");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        column = 0;
      } else if (c == '\u0000') {
        line.setLength(column);
      } else {
        line.replace(column, Math.min(column + 1, line.length()), String.valueOf(c));
        column++;
      }
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  /**
   * The bar used to be drawn over the names of failed files, and skipped ones were not named at
   * all.
   */
  @Test
  void add_onATerminal_listsFailuresAndSkipsAboveTheBar() throws Exception {
    try (Report report = report(3, true)) {
      Thread.sleep(1_200); // the bar is drawn once a second
      report.add(Result.failed("trip/a.jpg", "no image data", "malformed"));
      report.add(Result.skipped("b.heic", "not supported: HEIC", "HEIC"));
      report.add(Result.skipped("c.heic", "not supported: HEIC", "HEIC"));
      report.complete();
    }
    List<String> screen = screen();
    assertThat(screen.subList(0, 3))
        .containsExactly(
            "failed  trip/a.jpg  no image data",
            "skipped  b.heic  not supported: HEIC",
            "skipped  c.heic  not supported: HEIC");
    assertThat(screen.get(3)).contains("100%").hasSizeLessThanOrEqualTo(COLUMNS);
    assertThat(err.toString()).startsWith("2 skipped: HEIC (2), 1 failed: malformed (1), ");
  }

  @Test
  void close_stoppedEarly_tellsHowManyAreLeft() {
    try (Report report = report(10, false)) {
      report.add(Result.skipped("b.heic", "not supported: HEIC", "HEIC"));
    }
    assertThat(err.toString()).startsWith("stopped early, 9 not done: 1 skipped: HEIC (1), ");
  }
}
