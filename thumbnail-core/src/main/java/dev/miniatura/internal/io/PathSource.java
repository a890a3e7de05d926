package dev.miniatura.internal.io;

import dev.miniatura.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A source that reads a file. */
public record PathSource(Path path) implements ImageSource {

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(path);
  }

  @Override
  public OptionalLong length() {
    try {
      return OptionalLong.of(Files.size(path));
    } catch (IOException e) {
      return OptionalLong.empty(); // open() reports the reason
    }
  }
}
