package dev.miniatura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.Licenses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class LicensesIT {

  private final Path command = Path.of(System.getProperty("command"));

  @Test
  void command_carriesAllLicensesAndNotices() throws IOException {
    assertThat(Licenses.missing(command)).isEmpty();
    try (JarFile jar = new JarFile(command.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .contains(
              "META-INF/LICENSE",
              "META-INF/NOTICE",
              "META-INF/licenses/TwelveMonkeys.txt",
              "META-INF/licenses/JLine.txt",
              "META-INF/licenses/Jetty.txt",
              "META-INF/licenses/progressbar.txt");
    }
  }
}
