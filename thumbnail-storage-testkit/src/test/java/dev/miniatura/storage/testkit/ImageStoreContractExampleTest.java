package dev.miniatura.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the Javadoc of {@link ImageStoreContract} compiles. */
class ImageStoreContractExampleTest {

  private static final Path SOURCE =
      Path.of("src/main/java/dev/miniatura/storage/testkit/ImageStoreContract.java");
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL);

  @TempDir private Path classes;

  @Test
  void example_withTheImportsItNeeds_compiles() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(SOURCE));
    assertThat(example.find()).isTrue();
    String code =
        "import dev.miniatura.storage.*;\n"
            + "import dev.miniatura.storage.testkit.*;\n"
            + "import java.util.*;\n"
            + example.group(1).replaceAll("(?m)^ \\* ?", "");
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///MyImageStoreTest.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return code;
          }
        };
    StringWriter messages = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
    boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(file)).call();
    assertThat(compiled).as(messages.toString()).isTrue();
    assertThat(classes.resolve("MyImageStoreTest.class")).exists();
  }
}
