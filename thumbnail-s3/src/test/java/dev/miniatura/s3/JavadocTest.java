package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.DocumentedMethods;
import dev.miniatura.testing.Examples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Javadoc of public methods documents their exceptions, and its examples compile. */
class JavadocTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/miniatura/s3");

  @Test
  void throwsTags_everyPublicMethod_areThere() throws IOException {
    assertThat(DocumentedMethods.in(SOURCES))
        .isNotEmpty()
        .allSatisfy(method -> assertThat(method.missing()).as(method.toString()).isEmpty());
  }

  @Test
  void examples_compile() throws IOException {
    List<String> examples = Examples.inJavadoc(SOURCES);
    String imports =
        """
        import dev.miniatura.s3.*;
        import dev.miniatura.storage.*;
        import software.amazon.awssdk.services.s3.S3Client;
        """;
    assertThat(examples).isNotEmpty();
    assertThat(Examples.errors(examples, imports, "Object", "S3Client client;")).isEmpty();
  }
}
