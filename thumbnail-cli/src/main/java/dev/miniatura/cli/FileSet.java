package dev.miniatura.cli;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.FileImageStore;
import dev.miniatura.storage.ImageStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The files that a command line names, as a store to read from. Unlike a {@link FileImageStore}, it
 * includes files that links lead to, wherever they are, and files whose names are not text.
 */
final class FileSet implements ImageStore {

  /** The folder in which a {@link FileImageStore} keeps the attributes of files. */
  private static final String STORE_FOLDER = ".miniatura";

  private final Path base;
  private final NavigableMap<String, Path> files;

  /**
   * Creates a store.
   *
   * @param base the folder that keys are relative to
   * @param files the file for each key
   */
  FileSet(Path base, Map<String, Path> files) {
    this.base = base;
    this.files = new TreeMap<>(files);
  }

  /** Returns the folder that keys are relative to, as a store to write to. */
  FileImageStore folder() {
    return FileImageStore.of(base);
  }

  @Override
  public String location() {
    return folder().location();
  }

  @Override
  public Optional<Entry> stat(String key) throws IOException {
    Path path = files.get(key);
    if (path == null) {
      return Optional.empty();
    }
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(
          new Entry(
              key,
              file.size(),
              version(file),
              file.lastModifiedTime().toInstant(),
              attributes(path.toRealPath())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw translated(e, key);
    }
  }

  /**
   * Returns the attributes that the store that wrote the file keeps for it: the mark of thumbnails.
   */
  private static Attributes attributes(Path file) throws IOException {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(STORE_FOLDER))) {
        Attributes attributes = attributes(folder, file);
        if (!attributes.equals(Attributes.none())) {
          return attributes;
        }
      }
    }
    return Attributes.none();
  }

  private static Attributes attributes(Path folder, Path file) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path name : folder.relativize(file)) {
      names.add(FileNames.of(name));
    }
    try {
      return FileImageStore.of(folder)
          .stat(String.join("/", names))
          .map(Entry::attributes)
          .orElse(Attributes.none());
    } catch (StoreException e) {
      return Attributes.none(); // a name that no store can have written
    }
  }

  @Override
  public ImageSource open(Entry entry) {
    return new ImageSource() {
      @Override
      public InputStream open() throws IOException {
        return openVersion(entry);
      }

      @Override
      public OptionalLong length() {
        return OptionalLong.of(entry.size());
      }
    };
  }

  private InputStream openVersion(Entry entry) throws IOException {
    Path path = files.get(entry.key());
    if (path == null) {
      throw new StoreException(Kind.NOT_FOUND, entry.key());
    }
    try {
      InputStream stream = Files.newInputStream(path);
      try {
        if (version(Files.readAttributes(path, BasicFileAttributes.class))
            .equals(entry.version())) {
          return stream;
        }
      } catch (IOException e) {
        stream.close();
        throw e;
      }
      stream.close();
    } catch (IOException e) {
      throw translated(e, entry.key());
    }
    throw new StoreException(Kind.CONFLICT, entry.key());
  }

  /**
   * The same as {@link FileImageStore}'s, so that each accepts the other's thumbnails as up to
   * date.
   */
  private static String version(BasicFileAttributes file) {
    return Long.toHexString(file.lastModifiedTime().to(TimeUnit.MICROSECONDS))
        + "-"
        + Long.toHexString(file.size());
  }

  private static IOException translated(IOException e, String key) {
    if (e instanceof NoSuchFileException) {
      return new StoreException(Kind.NOT_FOUND, key, e);
    }
    return e instanceof AccessDeniedException ? new StoreException(Kind.ACCESS_DENIED, key, e) : e;
  }

  @Override
  public Stream<Entry> list(String prefix, String after) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String key : files.tailMap(after, false).keySet()) {
      if (key.startsWith(prefix)) {
        stat(key).ifPresent(entries::add);
      }
    }
    return entries.stream();
  }

  @Override
  public String put(String key, ImageSource content, Attributes attributes, Condition condition) {
    throw new UnsupportedOperationException("read-only");
  }

  @Override
  public void delete(String key) {
    throw new UnsupportedOperationException("read-only");
  }
}
