package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

  @TempDir private Path folder;

  @Test
  void bundle_inAJar_isCopiedToAFile() throws Exception {
    Path jar = folder.resolve("function.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry("dev/miniatura/function/function.zip"));
      out.write(new byte[] {1, 2, 3});
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Path copy = Bundle.in(loader);
      assertThat(copy).hasBinaryContent(new byte[] {1, 2, 3});
      assertThat(copy.toString()).endsWith(".zip");
    }
  }

  @Test
  void bundle_thatIsNotThere_isNamed() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[0], null)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Bundle.in(loader))
          .withMessageStartingWith("code: ")
          .withMessageContaining("classifier 'function'");
    }
  }
}
