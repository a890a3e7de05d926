package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.DocumentedMethods;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The Javadoc of public methods documents their exceptions. */
class JavadocTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/miniatura/lambda");

  @Test
  void throwsTags_everyPublicMethod_areThere() throws IOException {
    assertThat(DocumentedMethods.in(SOURCES))
        .isNotEmpty()
        .allSatisfy(method -> assertThat(method.missing()).as(method.toString()).isEmpty());
  }
}
