package dev.miniatura.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the files below a folder, except hidden ones and the output. A folder that cannot be read
 * is a failure of its own and does not prevent others from being read.
 *
 * <p>Links that stay in the folder are followed, or all links if requested. Links back to a folder
 * that the walk is in are not followed, and links lead to each folder at most once.
 */
final class FolderWalk {

  /**
   * Which files to look for.
   *
   * @param top the folder
   * @param place the key of the folder, with its slash, or {@code ""}
   * @param matcher which files to include
   * @param depth how far to go down
   * @param exclude a folder not to enter, by its real path
   * @param followLinks whether links may lead out of the folder
   */
  record Search(
      Path top,
      String place,
      PathMatcher matcher,
      int depth,
      Optional<Path> exclude,
      boolean followLinks) {}

  private static final String LINK = "link";

  private final Search search;
  private final Path realTop;
  private final Set<Path> linked = new HashSet<>();
  private final Set<Path> above = new HashSet<>();
  private final Map<String, Path> files = new TreeMap<>();
  private final List<Result> problems = new ArrayList<>();

  private FolderWalk(Search search) throws IOException {
    this.search = search;
    realTop = search.top().toRealPath();
  }

  /** Walks a folder and returns the result. */
  static FolderWalk take(Search search) throws IOException {
    FolderWalk walk = new FolderWalk(search);
    walk.enter(search.top(), walk.realTop, search.place(), 1, false);
    return walk;
  }

  /** Returns the files by their keys. */
  Map<String, Path> files() {
    return files;
  }

  /** Returns the folders and links that could not be read or followed. */
  List<Result> problems() {
    return problems;
  }

  private void enter(Path folder, Path real, String place, int depth, boolean overLink) {
    if (search.exclude().filter(real::equals).isPresent()
        || above.contains(real)
        || (overLink && !linked.add(real))
        || depth > search.depth()) {
      return;
    }
    above.add(real);
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
    } catch (DirectoryIteratorException e) {
      unreadable(place, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      unreadable(place, e);
    }
    children.sort(Comparator.naturalOrder());
    for (Path child : children) {
      String name = FileNames.of(child);
      if (!name.startsWith(".")) {
        try {
          visit(child, place + name, depth, overLink);
        } catch (NoSuchFileException e) {
          // deleted since the folder was read
        } catch (IOException e) {
          unreadable(place + name, e);
        }
      }
    }
    above.remove(real);
  }

  private void unreadable(String key, IOException e) {
    problems.add(Result.failed(key, Messages.of(e), "not readable"));
  }

  private void visit(Path path, String key, int depth, boolean overLink) throws IOException {
    boolean link = Files.isSymbolicLink(path);
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (link) {
      Path real;
      try {
        real = path.toRealPath();
        attributes = Files.readAttributes(real, BasicFileAttributes.class);
      } catch (IOException e) {
        skip(path, key, "a broken link");
        return;
      }
      if (!search.followLinks() && !real.startsWith(realTop)) {
        skip(path, key, "a link out of the folder (use --follow-links to follow it)");
        return;
      }
    }
    if (attributes.isDirectory()) {
      enter(path, path.toRealPath(), key + "/", depth + 1, link || overLink);
    } else if (attributes.isRegularFile() && search.matcher().matches(path)) {
      files.put(key, path);
    }
  }

  private void skip(Path path, String key, String reason) {
    if (search.matcher().matches(path)) {
      problems.add(Result.skipped(key, reason, LINK));
    }
  }
}
