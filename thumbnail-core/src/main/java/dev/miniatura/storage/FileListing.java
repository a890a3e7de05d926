package dev.miniatura.storage;

import dev.miniatura.storage.ImageStore.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;

/**
 * Walks a directory tree in key order, reading each directory when it is reached. A directory's
 * children are sorted by name, with a slash after the names of directories, which puts all keys
 * below into UTF-8 order; so memory holds only one directory per level, however many files there
 * are.
 */
final class FileListing extends AbstractSpliterator<Entry> {

  /** Turns a key into an entry, or into nothing if it is not an object. */
  interface Lookup {
    Optional<Entry> find(String key) throws IOException;
  }

  private record Child(String key, Path path) {}

  private final FileKeys keys;
  private final Lookup lookup;
  private final String prefix;
  private final String after;
  private final Deque<Iterator<Child>> levels = new ArrayDeque<>();

  FileListing(Path root, FileKeys keys, String prefix, String after, Lookup lookup)
      throws IOException {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT);
    this.keys = keys;
    this.lookup = lookup;
    this.prefix = prefix;
    this.after = after;
    // Directories that the prefix names completely need no search.
    String start = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    if (start.isEmpty()) {
      levels.push(children(root, ""));
      return;
    }
    String folder = start.substring(0, start.length() - 1);
    if (keys.isKey(folder) && isPlainFolder(root, keys.resolve(root, folder))) {
      levels.push(children(keys.resolve(root, folder), start));
    }
  }

  /** Returns whether a path is a directory that the walk from the root would reach. */
  private static boolean isPlainFolder(Path root, Path path) {
    Path step = root;
    for (Path name : root.relativize(path)) {
      step = step.resolve(name);
      if (!Files.isDirectory(step, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean tryAdvance(Consumer<? super Entry> action) {
    try {
      Optional<Entry> next = next();
      next.ifPresent(action);
      return next.isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(FileImageStore.translated(e, prefix));
    }
  }

  private Optional<Entry> next() throws IOException {
    while (!levels.isEmpty()) {
      Iterator<Child> level = levels.element();
      if (!level.hasNext()) {
        levels.pop();
        continue;
      }
      Child child = level.next();
      if (child.key().endsWith("/")) {
        levels.push(children(child.path(), child.key()));
        continue;
      }
      Optional<Entry> entry = lookup.find(child.key());
      if (entry.isPresent()) {
        return entry;
      }
    }
    return Optional.empty();
  }

  private Iterator<Child> children(Path directory, String parent) throws IOException {
    List<Child> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path path : stream) {
        String key = parent + FileKeys.name(path);
        if (keys.isKey(key)) {
          boolean descend = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
          Child child = new Child(descend ? key + "/" : key, path);
          if (mayMatch(child.key())) {
            children.add(child);
          }
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return children.iterator(); // removed in the meantime, or never present
    }
    children.sort(Comparator.comparing(Child::key, KeyOrder.UTF_8));
    return children.iterator();
  }

  /** Returns whether a file, or a file below a directory, can be in the listing. */
  private boolean mayMatch(String key) {
    boolean directory = key.endsWith("/");
    return key.startsWith(prefix)
        && (KeyOrder.UTF_8.compare(key, after) > 0 || (directory && after.startsWith(key)));
  }
}
