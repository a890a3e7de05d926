package dev.miniatura.internal.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** A source that reads a file. */
public record PathSource(Path path) implements ChannelSource {

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(path);
  }

  /** Opens a channel for regular files only: pipes and devices have paths too. */
  @Override
  public Optional<SeekableByteChannel> openChannel() throws IOException {
    return Files.isRegularFile(path) ? Optional.of(Files.newByteChannel(path)) : Optional.empty();
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
