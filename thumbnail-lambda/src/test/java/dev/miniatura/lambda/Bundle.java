package dev.miniatura.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The bundle from the build, as deployed. */
final class Bundle {

  private Bundle() {}

  /**
   * Returns a folder with the bundle's files. It is next to the bundle and is reused while the
   * bundle is unchanged: on some machines, thousands of small files are slow.
   */
  static Path exploded() throws IOException {
    Path zip = Path.of(System.getProperty("function", "target/function.zip")).toAbsolutePath();
    CRC32 content = new CRC32();
    content.update(Files.readAllBytes(zip));
    Path folder = zip.resolveSibling("function-%08x".formatted(content.getValue()));
    if (!Files.isDirectory(folder)) {
      Path unfinished = Files.createTempDirectory(zip.getParent(), "function-unfinished");
      explode(zip, unfinished);
      Files.move(unfinished, folder);
    }
    return folder;
  }

  private static void explode(Path zip, Path target) throws IOException {
    Set<Path> folders = new HashSet<>();
    try (var in = new ZipInputStream(Files.newInputStream(zip))) {
      ZipEntry entry = in.getNextEntry();
      while (entry != null) {
        Path path = target.resolve(entry.getName());
        Path folder = entry.isDirectory() ? path : path.getParent();
        if (folders.add(folder)) {
          Files.createDirectories(folder);
        }
        if (!entry.isDirectory()) {
          Files.copy(in, path);
        }
        entry = in.getNextEntry();
      }
    }
  }
}
