package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {

  private static final Path SNAPSHOT = Path.of("src/test/resources/default-template.json");
  private static final Path FULL_FUNCTION = Path.of("src/test/resources/full-function.json");

  @Test
  void default_template_isTheOneThatWasReviewed() throws IOException {
    assertUpToDate(SNAPSHOT, Synthesis.template(Synthesis.Kind.DEFAULT).toJSON());
  }

  /** The function's own tests start the bundle according to these two files. */
  @Test
  void full_function_isTheOneThatWasReviewed() throws IOException {
    Map<String, Map<String, Object>> functions =
        Synthesis.template(Synthesis.Kind.FULL)
            .findResources(
                "AWS::Lambda::Function",
                Map.of("Properties", Map.of("Description", "Makes the thumbnails of images")));
    assertThat(functions).hasSize(1);
    assertUpToDate(FULL_FUNCTION, Map.of("Resources", functions));
  }

  /** The tests of the path from the edge to the bucket follow these two files. */
  @ParameterizedTest
  @CsvSource({"DELIVERY, delivery.json", "DELIVERY_FULL, full-delivery.json"})
  void delivery_isTheOneThatWasReviewed(Synthesis.Kind kind, String file) throws IOException {
    Map<String, Map<String, Object>> resources = new TreeMap<>();
    Synthesis.template(kind).findResources("AWS::Lambda::Function").forEach(resources::put);
    for (String type :
        List.of(
            "CachePolicy",
            "Distribution",
            "Function",
            "OriginRequestPolicy",
            "ResponseHeadersPolicy")) {
      resources.putAll(Synthesis.template(kind).findResources("AWS::CloudFront::" + type));
    }
    assertUpToDate(SNAPSHOT.resolveSibling(file), Map.of("Resources", resources));
  }

  private static void assertUpToDate(Path file, Object template) throws IOException {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    String json =
        new ObjectMapper()
            .writer(printer)
            .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .writeValueAsString(template);
    CheckedIn.assertUpToDate(file, normalized(json) + "\n");
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
