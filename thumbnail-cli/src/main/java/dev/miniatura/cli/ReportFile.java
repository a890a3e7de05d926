package dev.miniatura.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file with a line for every object that has no thumbnails. A checkpoint holds its length, so
 * that a resumed run begins by cutting off the lines that will be written again. Used by one thread
 * at a time.
 */
final class ReportFile implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;

  private ReportFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens the file, or creates it.
   *
   * @param length how many of its bytes to keep
   * @throws SetupException if it has fewer
   */
  static ReportFile open(Path file, long length) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.size() < length) {
      channel.close();
      throw new SetupException(
          "%s is not the report of this checkpoint: it is too short".formatted(file));
    }
    channel.truncate(length).position(length);
    return new ReportFile(file, channel);
  }

  void append(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Makes sure that everything is on disk, and returns the length. */
  long force() throws IOException {
    channel.force(false);
    return channel.position();
  }

  /** Closes the file; one without lines is deleted. */
  @Override
  public void close() throws IOException {
    boolean empty = channel.size() == 0;
    channel.close();
    if (empty) {
      Files.deleteIfExists(file);
    }
  }
}
