package dev.miniatura.storage;

import dev.miniatura.internal.bytes.Sha256;
import dev.miniatura.storage.ImageStore.Attributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Stores the attributes of files in separate small text files, because file systems differ in the
 * metadata they support. The attributes of key {@code k} are in {@code attributes/ab/cdef…}, named
 * by the SHA-256 of {@code k}.
 *
 * <p>They apply only to the exact version of the file that they name. So they are written before
 * the file is moved into place; if the writer is killed in between, or the file is replaced or
 * edited by someone else, they no longer match and count as absent. The last line shows that the
 * text is complete.
 */
final class FileAttributes {

  private static final String FIRST_LINE = "miniatura 1";
  private static final String LAST_LINE = "end";
  private static final String VERSION = "version ";
  private static final String CONTENT_TYPE = "content-type ";
  private static final String CACHE_CONTROL = "cache-control ";
  private static final String METADATA = "meta ";

  private final Path directory;

  FileAttributes(Path directory) {
    this.directory = directory;
  }

  /** Returns the attributes written with a version of a file; none if there are none. */
  Attributes read(String key, String version) throws IOException {
    String text;
    try {
      text = Files.readString(path(key), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return Attributes.none();
    }
    return parse(text, version).orElse(Attributes.none());
  }

  private static Optional<Attributes> parse(String text, String version) {
    String[] lines = text.split("\n", -1);
    int last = lines.length - 2; // the part after the last line feed is empty
    if (last < 2
        || !lines[0].equals(FIRST_LINE)
        || !lines[1].equals(VERSION + version)
        || !lines[last].equals(LAST_LINE)) {
      return Optional.empty();
    }
    Optional<String> contentType = Optional.empty();
    Optional<String> cacheControl = Optional.empty();
    Map<String, String> metadata = new TreeMap<>();
    for (int i = 2; i < last; i++) {
      String line = lines[i];
      if (line.startsWith(CONTENT_TYPE)) {
        contentType = Optional.of(line.substring(CONTENT_TYPE.length()));
      } else if (line.startsWith(CACHE_CONTROL)) {
        cacheControl = Optional.of(line.substring(CACHE_CONTROL.length()));
      } else if (line.startsWith(METADATA)) {
        int space = line.indexOf(' ', METADATA.length());
        if (space < 0) {
          return Optional.empty();
        }
        metadata.put(line.substring(METADATA.length(), space), line.substring(space + 1));
      }
    }
    try {
      return Optional.of(new Attributes(contentType, cacheControl, metadata));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // edited by hand
    }
  }

  /**
   * Writes the attributes of a version of a file that is about to be moved into place.
   *
   * @param temporary a path on the same file system that nothing else uses
   */
  void write(String key, String version, Attributes attributes, Path temporary) throws IOException {
    Path path = path(key);
    if (attributes.equals(Attributes.none())) {
      Files.deleteIfExists(path);
      return;
    }
    StringBuilder text = new StringBuilder(FIRST_LINE + "\n" + VERSION + version + "\n");
    attributes
        .contentType()
        .ifPresent(value -> text.append(CONTENT_TYPE).append(value).append('\n'));
    attributes
        .cacheControl()
        .ifPresent(value -> text.append(CACHE_CONTROL).append(value).append('\n'));
    attributes
        .metadata()
        .forEach(
            (name, value) ->
                text.append(METADATA).append(name).append(' ').append(value).append('\n'));
    text.append(LAST_LINE + "\n");
    Files.createDirectories(directory(path));
    try {
      Files.writeString(temporary, text, StandardCharsets.ISO_8859_1);
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  void delete(String key) throws IOException {
    Files.deleteIfExists(path(key));
  }

  private Path path(String key) {
    String name = Sha256.hex(key);
    return directory.resolve(name.substring(0, 2)).resolve(name.substring(2));
  }

  private Path directory(Path path) {
    return directory.resolve(path.getName(path.getNameCount() - 2));
  }
}
