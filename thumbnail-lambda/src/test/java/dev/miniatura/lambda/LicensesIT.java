package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.Licenses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class LicensesIT {

  private final Path function = Path.of(System.getProperty("function"));

  @Test
  void function_carriesAllLicensesAndNotices() throws IOException {
    assertThat(Licenses.missing(function)).isEmpty();
    try (JarFile jar = new JarFile(function.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .contains(
              "META-INF/LICENSE",
              "META-INF/NOTICE",
              "META-INF/licenses/TwelveMonkeys.txt",
              "META-INF/licenses/CRaC.txt");
    }
  }
}
