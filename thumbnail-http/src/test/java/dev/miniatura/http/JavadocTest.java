package dev.miniatura.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.DocumentedMethods;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The Javadoc of public methods documents their exceptions. */
class JavadocTest {

  @Test
  void throwsTags_everyPublicMethod_areThere() throws IOException {
    assertThat(DocumentedMethods.in(Path.of("src/main/java/dev/miniatura/http")))
        .hasSizeGreaterThan(20)
        .allSatisfy(method -> assertThat(method.missing()).as(method.toString()).isEmpty());
  }
}
