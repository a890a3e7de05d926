package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Examples in Javadoc and documents compile. */
class ExamplesTest {

  private static final String IMPORTS =
      """
      import dev.miniatura.*;
      import dev.miniatura.pipeline.*;
      import dev.miniatura.storage.*;
      import java.awt.image.BufferedImage;
      import java.io.*;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      import java.util.stream.*;
      """;

  /** Declarations that readers have themselves, or from the previous example. */
  private static final String SURROUNDINGS =
      """
      interface Request { InputStream getInputStream() throws IOException; }
      Path path, photo, photos, thumbs;
      Request request;
      Stream<String> keys;
      ImageSource source;
      ThumbnailSpec spec;
      Thumbnailer thumbnailer;
      Map<String, ThumbnailSpec> specs;
      abstract void log(Object message);
      """;

  @Test
  void javadoc_examples_compile() throws IOException {
    Path sources = Path.of("src/main/java/dev/miniatura");
    List<String> examples = new ArrayList<>();
    for (String folder : List.of("", "pipeline", "storage")) {
      examples.addAll(Examples.inJavadoc(sources.resolve(folder)));
    }
    assertThat(examples).hasSizeGreaterThan(3);
    assertThat(Examples.errors(examples, IMPORTS, "Object", SURROUNDINGS)).isEmpty();
  }

  /** Those of thumbnail-http are compiled there. */
  @Test
  void documents_examples_compile() throws IOException {
    List<String> examples = new ArrayList<>(Examples.inMarkdown(Path.of("../README.md")));
    assertThat(examples).hasSizeGreaterThan(3);
    try (Stream<Path> documents = Files.list(Path.of("../docs"))) {
      for (Path document : documents.filter(file -> file.toString().endsWith(".md")).toList()) {
        examples.addAll(Examples.inMarkdown(document));
      }
    }
    examples.removeIf(
        example -> example.contains("ThumbnailService.") || example.contains("Urls."));
    assertThat(Examples.errors(examples, IMPORTS, "Object", SURROUNDINGS)).isEmpty();
  }

  @Test
  void errors_brokenExample_areTold() throws IOException {
    assertThat(
            Examples.errors(List.of("int a = 1;", "nothing.of(\"the sort\");"), "", "Object", ""))
        .singleElement()
        .asString()
        .contains("nothing");
  }
}
