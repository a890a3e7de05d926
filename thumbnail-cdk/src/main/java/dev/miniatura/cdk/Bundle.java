package dev.miniatura.cdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The function's bundle, from the artifact {@code thumbnail-lambda} with the classifier {@code
 * function}.
 */
final class Bundle {

  /** Its path in the artifact. */
  static final String RESOURCE = "dev/miniatura/function/function.zip";

  private Bundle() {}

  /** Returns a copy of the bundle on the class path, because the CDK accepts only files. */
  static Path onClassPath() {
    return in(Bundle.class.getClassLoader());
  }

  /**
   * Returns a copy of the bundle, which is deleted when the JVM exits: by then it is in the
   * assembly.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Path in(ClassLoader loader) {
    URL resource = loader.getResource(RESOURCE);
    if (resource == null) {
      throw new IllegalArgumentException(
          "code: the function's bundle is not on the class path; add the artifact"
              + " dev.miniatura:thumbnail-lambda with the classifier 'function', or name a file");
    }
    try (InputStream bytes = resource.openStream()) {
      Path copy = Files.createTempFile("miniatura-function", ".zip");
      copy.toFile().deleteOnExit();
      Files.copy(bytes, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
