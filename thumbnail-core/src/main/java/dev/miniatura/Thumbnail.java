package dev.miniatura;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A finished thumbnail.
 *
 * @param bytes the encoded picture; the array belongs to the caller
 * @param width width in pixels
 * @param height height in pixels
 * @param format the format of the bytes
 * @param source the information in the source's header
 * @param notes problems in the source that were tolerated; empty if there were none
 */
public record Thumbnail(
    @SuppressWarnings("ArrayRecordComponent") byte[] bytes,
    int width,
    int height,
    OutputFormat format,
    ImageInfo source,
    List<String> notes) {

  /**
   * Makes the notes unmodifiable.
   *
   * @throws NullPointerException if a component is null
   */
  public Thumbnail {
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(source, "source");
    notes = List.copyOf(Objects.requireNonNull(notes, "notes"));
  }

  /** Returns the media type, for example {@code image/jpeg}. */
  public String mediaType() {
    return format.mediaType();
  }

  /** Returns the file name extension, without a dot, for example {@code jpg}. */
  public String extension() {
    return format.extension();
  }

  /**
   * Writes the picture to a stream, which stays open.
   *
   * @throws IOException if the stream fails
   * @throws NullPointerException if {@code stream} is null
   */
  public void writeTo(OutputStream stream) throws IOException {
    Objects.requireNonNull(stream, "stream").write(bytes);
  }

  /**
   * Writes the picture to a file, replacing an existing one. The file is never partial: the bytes
   * are written to a temporary file in the same folder, which is then moved into place.
   *
   * @throws IOException if the folder does not exist or cannot be written to
   * @throws NullPointerException if {@code path} is null
   */
  public void writeTo(Path path) throws IOException {
    Objects.requireNonNull(path, "path");
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      Files.write(path, bytes); // a pipe or device cannot be replaced; a folder is refused
      return;
    }
    Path unfinished = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    try {
      Files.write(unfinished, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
