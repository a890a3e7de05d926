package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.DocumentedMethods;
import dev.miniatura.testing.Examples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Javadoc of public methods documents their exceptions, and its examples compile. */
class JavadocTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/miniatura/cdk");

  @Test
  void throwsTags_everyPublicMethod_areThere() throws IOException {
    assertThat(DocumentedMethods.in(SOURCES))
        .filteredOn(method -> !method.name().equals("main"))
        .isNotEmpty()
        .allSatisfy(method -> assertThat(method.missing()).as(method.toString()).isEmpty());
  }

  @Test
  void examples_compile() throws IOException {
    List<String> examples = new ArrayList<>(Examples.inJavadoc(SOURCES));
    examples.addAll(Examples.inMarkdown(Path.of("README.md")));
    String imports =
        """
        import dev.miniatura.cdk.*;
        import software.amazon.awscdk.services.iam.IGrantable;
        import software.amazon.awscdk.Stack;
        """;
    assertThat(examples).hasSizeGreaterThan(1);
    assertThat(Examples.errors(examples, imports, "Stack", "IGrantable website;")).isEmpty();
  }
}
