package dev.miniatura.storage;

import dev.miniatura.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A store backed by a folder: the object with key {@code a/b.jpg} is the file {@code a/b.jpg} below
 * the root. Existing files are objects too.
 *
 * <p>A key never reaches outside the root. Refused as {@link ImageStore.Kind#INVALID_KEY} are keys
 * with empty parts, {@code .} or {@code ..}, absolute paths, names that the operating system
 * reserves or interprets differently, and every path that leaves the root through a symbolic link.
 * (There is no protection against someone who can rearrange the folder while it is in use.) As in
 * any file system, {@code a} and {@code a/b} cannot both be objects.
 *
 * <p>Files are written to a temporary file, forced to disk and then moved into place, so that no
 * object is partial after a crash. The store keeps its own data in the directory {@code .miniatura}
 * of the root, which the first {@link #put} creates: unfinished files, which the next store to
 * write removes after an hour, and the attributes of objects, as text. Deleting it loses
 * attributes, never objects.
 *
 * <p>The version of a file consists of its length and modification time. Conditions are atomic
 * among the threads that share this store; between processes, the last writer wins.
 */
public final class FileImageStore implements ImageStore {

  /** Age at which an unfinished file no longer has a living writer. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path root;
  private final FileKeys keys;
  private final Path unfinished;
  private final FileAttributes attributes;
  private final Object[] locks = IntStream.range(0, 64).mapToObj(i -> new Object()).toArray();
  private final AtomicBoolean prepared = new AtomicBoolean();

  private FileImageStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
    keys = FileKeys.of(root);
    Path own = this.root.resolve(FileKeys.OWN_DIRECTORY);
    unfinished = own.resolve("unfinished");
    attributes = new FileAttributes(own.resolve("attributes"));
  }

  /**
   * Returns a store backed by a folder, which the first {@link #put} creates.
   *
   * @throws NullPointerException if {@code root} is null
   */
  public static FileImageStore of(Path root) {
    return new FileImageStore(Objects.requireNonNull(root, "root"));
  }

  /** Returns the folder's real path as a {@code file:} prefix. */
  @Override
  public String location() {
    Path existing = root;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    Path real = root;
    try {
      real = existing.toRealPath().resolve(existing.relativize(root));
    } catch (IOException e) {
      // Missing or unreadable: the path as given is the best name for it.
    }
    String path = real.toString().replace(real.getFileSystem().getSeparator(), "/");
    return "file:" + path + (path.endsWith("/") ? "" : "/");
  }

  @Override
  public Optional<Entry> stat(String key) throws IOException {
    Objects.requireNonNull(key, "key");
    Path path = keys.resolve(root, key);
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      checkInside(path, key);
      if (!file.isRegularFile()) {
        return Optional.empty();
      }
      String version = version(file);
      return Optional.of(
          new Entry(
              key,
              file.size(),
              version,
              file.lastModifiedTime().toInstant(),
              attributes.read(key, version)));
    } catch (FileSystemException e) {
      if (isAbsent(path, e)) {
        return Optional.empty();
      }
      throw translated(e, key);
    }
  }

  /**
   * Returns whether a failure means only that there is no such file; also for {@code a/b} if {@code
   * a} is a file.
   */
  private boolean isAbsent(Path path, FileSystemException failure) {
    return failure instanceof NoSuchFileException || isBelowFile(path);
  }

  private boolean isBelowFile(Path path) {
    for (Path folder = parent(path); !folder.equals(root); folder = parent(folder)) {
      if (Files.isRegularFile(folder)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public ImageSource open(Entry entry) {
    Objects.requireNonNull(entry, "entry");
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
    Path path = keys.resolve(root, entry.key());
    try {
      checkInside(path, entry.key());
      InputStream stream = Files.newInputStream(path);
      try {
        // Checked after opening: if the file is replaced from here on, the stream is not affected.
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

  @Override
  public String put(String key, ImageSource content, Attributes attributes, Condition condition)
      throws IOException {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(attributes, "attributes");
    Objects.requireNonNull(condition, "condition");
    Path path = keys.resolve(root, key);
    makeFolder(path, key);
    Path written = temporary();
    try {
      write(content, written);
      return publish(key, written, path, attributes, condition);
    } catch (AccessDeniedException e) {
      throw translated(e, key);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private void makeFolder(Path path, String key) throws IOException {
    try {
      prepare();
      checkInside(parent(path), key);
      Files.createDirectories(parent(path));
    } catch (IOException e) {
      if (isBelowFile(path)) {
        throw new StoreException(Kind.INVALID_KEY, "'" + key + "' lies below a file", e);
      }
      throw translated(e, key);
    }
  }

  private static void write(ImageSource content, Path path) throws IOException {
    try (InputStream in = content.open();
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = Channels.newOutputStream(channel);
      in.transferTo(out);
      channel.force(true);
    }
  }

  private String publish(
      String key, Path written, Path path, Attributes attributes, Condition condition)
      throws IOException {
    synchronized (locks[Math.floorMod(key.hashCode(), locks.length)]) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new StoreException(Kind.INVALID_KEY, "'" + key + "' is a folder");
      }
      Optional<Entry> present = stat(key);
      if (!condition.holds(present)) {
        throw new StoreException(Kind.CONFLICT, key);
      }
      if (present.isPresent()) {
        makeLater(written, present.get().lastModified());
      }
      String version = version(Files.readAttributes(written, BasicFileAttributes.class));
      this.attributes.write(key, version, attributes, temporary());
      Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
      return version;
    }
  }

  /** Ensures that a file is newer than the one it replaces, whatever the clock's resolution. */
  private static void makeLater(Path written, Instant previous) throws IOException {
    Instant earliest = previous.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
    if (Files.getLastModifiedTime(written).toInstant().isBefore(earliest)) {
      Files.setLastModifiedTime(written, FileTime.from(earliest));
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Objects.requireNonNull(key, "key");
    Path path = keys.resolve(root, key);
    try {
      checkInside(parent(path), key);
      synchronized (locks[Math.floorMod(key.hashCode(), locks.length)]) {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(path)) {
          attributes.delete(key);
        }
      }
    } catch (FileSystemException e) {
      if (!isAbsent(path, e)) {
        throw translated(e, key);
      }
    }
  }

  /** Lists files in UTF-8 order of their keys; symbolic links to directories are not followed. */
  @Override
  public Stream<Entry> list(String prefix, String after) throws IOException {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(after, "after");
    try {
      return StreamSupport.stream(
          new FileListing(root, keys, prefix, after, this::statListed), false);
    } catch (IOException e) {
      throw translated(e, prefix);
    }
  }

  private Optional<Entry> statListed(String key) throws IOException {
    try {
      return stat(key);
    } catch (StoreException e) {
      if (e.kind() == Kind.INVALID_KEY) {
        return Optional.empty(); // a symbolic link that leaves the root
      }
      throw e;
    }
  }

  /** Checks that the existing part of a path is really below the root. */
  private void checkInside(Path path, String key) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Path existing = path;
    while (!existing.equals(root) && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = parent(existing);
    }
    Path realRoot = root.toRealPath();
    Path real = existing.toRealPath();
    if (!real.startsWith(realRoot) || real.startsWith(realRoot.resolve(FileKeys.OWN_DIRECTORY))) {
      throw new StoreException(Kind.INVALID_KEY, "'" + key + "' leaves " + root);
    }
  }

  /**
   * Creates the store's own directory, and removes files that writers killed long ago left in it.
   */
  private void prepare() throws IOException {
    if (!prepared.getAndSet(true)) {
      Files.createDirectories(unfinished);
      Instant abandoned = Instant.now().minus(ABANDONED);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(unfinished)) {
        for (Path file : files) {
          removeIfOlder(file, abandoned);
        }
      }
    }
    if (!Files.isDirectory(unfinished)) {
      Files.createDirectories(unfinished);
    }
  }

  private static void removeIfOlder(Path file, Instant time) throws IOException {
    try {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
        Files.deleteIfExists(file);
      }
    } catch (FileSystemException e) {
      // Deleted since the directory was read, or owned by someone else: no reason not to write.
    }
  }

  /** Returns the folder of a path below the root. */
  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  private Path temporary() {
    return unfinished.resolve(UUID.randomUUID().toString());
  }

  /** No finer than microseconds, which copying a folder usually preserves. */
  private static String version(BasicFileAttributes file) {
    long micros = file.lastModifiedTime().to(TimeUnit.MICROSECONDS);
    return Long.toHexString(micros) + "-" + Long.toHexString(file.size());
  }

  static IOException translated(IOException e, String key) {
    if (e instanceof NoSuchFileException) {
      return new StoreException(Kind.NOT_FOUND, key, e);
    }
    return e instanceof AccessDeniedException ? new StoreException(Kind.ACCESS_DENIED, key, e) : e;
  }
}
