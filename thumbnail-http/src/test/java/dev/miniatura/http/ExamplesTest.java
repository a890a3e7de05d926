package dev.miniatura.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.Examples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of this module in the documents compile. */
class ExamplesTest {

  private static final String IMPORTS =
      """
      import dev.miniatura.*;
      import dev.miniatura.http.*;
      import dev.miniatura.storage.*;
      import java.nio.file.*;
      import java.time.*;
      import java.time.temporal.*;
      import java.util.*;
      """;

  /** Declarations that readers have themselves. */
  private static final String SURROUNDINGS =
      """
      String method, rawPath, secret;
      Map<String, String> headers;
      SigningKey signingKey;
      """;

  @Test
  void documents_examples_compile() throws IOException {
    List<String> examples = Examples.inMarkdown(Path.of("../docs/delivery.md"));
    assertThat(Examples.errors(examples, IMPORTS, "Object", SURROUNDINGS + "Path photos, thumbs;"))
        .isEmpty();
    List<String> ofReadme = new ArrayList<>(Examples.inMarkdown(Path.of("../README.md")));
    ofReadme.removeIf(example -> !example.contains("ThumbnailService."));
    assertThat(ofReadme).isNotEmpty();
    assertThat(
            Examples.errors(
                ofReadme, IMPORTS, "Object", SURROUNDINGS + "ImageStore photos, thumbs;"))
        .isEmpty();
  }
}
