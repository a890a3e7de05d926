package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  private static final Path SNAPSHOT = Path.of("src/test/resources/default-template.json");

  @Test
  void default_template_isTheOneThatWasReviewed() throws IOException {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    String json =
        new ObjectMapper()
            .writer(printer)
            .writeValueAsString(Synthesis.template(Synthesis.Kind.DEFAULT).toJSON());
    CheckedIn.assertUpToDate(SNAPSHOT, normalized(json) + "\n");
  }

  /** The names of the bundle and of the function's version depend on the bundle's bytes. */
  private static String normalized(String json) {
    return json.replaceAll("[0-9a-f]{64}\\.zip", "BUNDLE.zip")
        .replaceAll("(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}", "$1VERSION");
  }

  @Test
  void snapshot_holdsNothingOfTheMachine() throws IOException {
    assertThat(Files.readString(SNAPSHOT))
        .doesNotContain(System.getProperty("user.dir"))
        .doesNotContain("CDKMetadata");
  }
}
