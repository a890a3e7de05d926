package dev.miniatura.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The bundle that the build made, as it is deployed. */
final class Bundle {

  private Bundle() {}

  /** Writes the files of the bundle that the system property {@code function} names. */
  static void explode(Path target) throws IOException {
    try (var zip = new ZipInputStream(Files.newInputStream(Path.of(file())))) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        Path path = target.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(zip, path);
        }
        entry = zip.getNextEntry();
      }
    }
  }

  private static String file() {
    return System.getProperty("function", "target/function.zip");
  }
}
