package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/tolerances.md} with the code, in both directions. */
class TolerancesTest {

  private static final Path TABLE = Path.of("..", "docs", "tolerances.md");
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TESTS = Path.of("src", "test", "java");

  private static final Pattern ROW = Pattern.compile("\\|.*\\| `([^`]+; [^`]+)` \\| .*");
  private static final Pattern PROVER = Pattern.compile("`(\\w+Test)\\.(\\w+)` \\|$");
  private static final Pattern CALL =
      Pattern.compile("\\bnotes\\.(?:add|mention)\\(([^;]*?)\\);", Pattern.DOTALL);
  private static final Pattern LITERAL = Pattern.compile("\"([^\"]+)\"");

  /** A placeholder in the table, or in a format string. */
  private static final String VARIABLE =
      "\\(byte N\\)|\\bNAME\\b|\\bFORMAT\\b|\\b[FTR]\\b|…|%[ds]|; |: ";

  private static List<String> notes() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> row.group(1))
        .toList();
  }

  /** Returns the texts of main code that adds notes, and all texts in DamageNotes. */
  private static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String source : sources(MAIN)) {
      if (source.contains("final class DamageNotes ")) {
        texts.addAll(literals(source));
      } else {
        CALL.matcher(source).results().forEach(call -> texts.addAll(literals(call.group(1))));
      }
    }
    return texts;
  }

  private static List<String> literals(String source) {
    return LITERAL.matcher(source).results().map(literal -> literal.group(1)).toList();
  }

  private static List<String> parts(String text) {
    return Stream.of(text.split(VARIABLE)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static List<String> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(TolerancesTest::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void table_everyNote_followsThePattern() throws IOException {
    assertThat(notes())
        .hasSizeGreaterThan(20)
        .allMatch(note -> note.matches("[A-Za-z ]+: [^;]+; [^;]+"), "FORMAT: what; consequence");
  }

  @Test
  void table_everyNote_isOneOfTheCode() throws IOException {
    List<String> known = texts().stream().flatMap(text -> parts(text).stream()).toList();
    for (String note : notes()) {
      assertThat(known).as(note).containsAll(parts(note.substring(note.indexOf(": "))));
    }
  }

  @Test
  void code_everyNote_isInTheTable() throws IOException {
    List<String> listed = notes().stream().flatMap(note -> parts(note).stream()).toList();
    for (String text : texts()) {
      assertThat(listed).as(text).containsAll(parts(text));
    }
  }

  @Test
  void table_everyTest_isThere() throws IOException {
    List<String> tests = sources(TESTS);
    for (String line : Files.readAllLines(TABLE)) {
      if (line.startsWith("| ") && !line.endsWith(" test |")) {
        Matcher prover = PROVER.matcher(line);
        assertThat(prover.find()).as("test of " + line).isTrue();
        assertThat(tests)
            .as(line)
            .anyMatch(
                source ->
                    source.contains("class " + prover.group(1) + " ")
                        && source.contains("void " + prover.group(2) + "("));
      }
    }
  }
}
