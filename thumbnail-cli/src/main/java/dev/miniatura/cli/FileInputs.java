package dev.miniatura.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files that a command line names: single files, folders with everything below them, and globs.
 *
 * <p>A file's key is its path relative to the argument that names it: below a folder for the
 * folder's files, just the name for a single file. The result of an argument does not depend on the
 * other arguments. With {@code /./} in an argument, as in rsync, keys begin after it.
 */
final class FileInputs {

  private static final String BASE_END = "/./";

  /** The files found below one folder. */
  private static final class Found {
    private final Map<String, Path> files = new TreeMap<>();
    private final Set<String> named = new HashSet<>();
    private final List<Result> problems = new ArrayList<>();

    private Origin origin(Path base, String shown) {
      return new Origin(
          new FileSet(base, files), "", List.copyOf(files.keySet()), named, shown, problems);
    }

    private boolean isEmpty() {
      return files.isEmpty() && problems.isEmpty();
    }
  }

  private final Optional<Path> exclude;
  private final boolean followLinks;
  private final Map<Path, Found> byBase = new LinkedHashMap<>();

  private FileInputs(Optional<Path> exclude, boolean followLinks) {
    this.exclude = exclude;
    this.followLinks = followLinks;
  }

  /**
   * Finds the files, with an origin for each folder that keys are relative to.
   *
   * @param arguments the user's arguments
   * @param exclude a folder whose files are not inputs: the output
   * @param followLinks whether links may lead out of the named folders
   * @param perFolder whether every folder gets an origin of its own
   * @throws NoSuchFileException if an argument names nothing
   */
  static List<Origin> find(
      List<String> arguments, Optional<Path> exclude, boolean followLinks, boolean perFolder)
      throws IOException {
    Optional<Path> real =
        exclude.isPresent() && Files.isDirectory(exclude.get())
            ? Optional.of(exclude.get().toRealPath())
            : exclude;
    FileInputs inputs = new FileInputs(real, followLinks);
    for (String argument : arguments) {
      inputs.add(argument);
    }
    return !perFolder ? inputs.perBase() : inputs.perFolder();
  }

  private List<Origin> perBase() {
    List<Origin> origins = new ArrayList<>();
    byBase.forEach((base, found) -> origins.add(found.origin(base, "")));
    return origins;
  }

  /** Returns the same files with their names as keys, whichever argument led to them. */
  private List<Origin> perFolder() {
    Map<Path, Found> byFolder = new LinkedHashMap<>();
    Map<Path, String> shown = new HashMap<>();
    List<Origin> origins = new ArrayList<>();
    byBase.forEach(
        (base, found) -> {
          found.files.forEach(
              (key, path) -> {
                Path folder = ancestor(path, path.getNameCount() - 1);
                int slash = key.lastIndexOf('/') + 1;
                shown.putIfAbsent(folder, key.substring(0, slash));
                Found there = byFolder.computeIfAbsent(folder, none -> new Found());
                there.files.put(key.substring(slash), path);
                if (found.named.contains(key)) {
                  there.named.add(key.substring(slash));
                }
              });
          found.files.clear();
          found.named.clear();
          origins.add(found.origin(base, "")); // a problem to report
        });
    byFolder.forEach(
        (folder, found) -> origins.add(found.origin(folder, shown.getOrDefault(folder, ""))));
    return origins;
  }

  private void add(String argument) throws IOException {
    Path path = path(argument);
    int end = argument.indexOf(BASE_END);
    Optional<Path> base =
        end < 0 ? Optional.empty() : Optional.of(path(argument.substring(0, end + 1)));
    if (Files.isDirectory(path)) {
      PathMatcher all = file -> true;
      search(path, base.orElse(path), all, Integer.MAX_VALUE);
    } else if (Files.exists(path)) {
      Path folder = base.orElse(ancestor(path, path.getNameCount() - 1));
      Found found = found(folder);
      String key = place(folder, path);
      found.files.put(key, path);
      found.named.add(key);
    } else {
      Path top = globBase(path);
      Found found = new Found();
      if (Files.isDirectory(top)) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path);
        int depth =
            argument.contains("**") ? Integer.MAX_VALUE : path.getNameCount() - top.getNameCount();
        found = search(top, base.orElse(top), matcher, depth);
      }
      if (found.isEmpty()) {
        throw nothing(argument);
      }
    }
  }

  private Found search(Path top, Path base, PathMatcher matcher, int depth) throws IOException {
    String place = place(base, top);
    FolderWalk walk =
        FolderWalk.take(
            new FolderWalk.Search(
                top, place.isEmpty() ? "" : place + "/", matcher, depth, exclude, followLinks));
    Found found = found(base);
    found.files.putAll(walk.files());
    found.problems.addAll(walk.problems());
    return found;
  }

  private Found found(Path base) {
    return byBase.computeIfAbsent(base, folder -> new Found());
  }

  private static Path path(String argument) {
    try {
      return Path.of(argument).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new SetupException("'" + argument + "' is not a valid file name" + localeHint(), e);
    }
  }

  private static IOException nothing(String argument) {
    boolean lost = argument.chars().anyMatch(c -> c == '?' || c >= 0x80);
    return new NoSuchFileException(lost ? argument + localeHint() : argument);
  }

  /** Returns advice if the locale mangles arguments. */
  private static String localeHint() {
    return FileNames.localeLosesNames()
        ? " (this locale supports only ASCII names; set LC_ALL=C.UTF-8)"
        : "";
  }

  /** Returns a file's path relative to a folder, with {@code /} between its parts. */
  private static String place(Path folder, Path file) {
    List<String> parts = new ArrayList<>();
    if (!file.equals(folder)) {
      folder.relativize(file).forEach(name -> parts.add(FileNames.of(name)));
    }
    return String.join("/", parts);
  }

  /** Returns the folder above the first part with a wildcard, or above the last part. */
  private static Path globBase(Path pattern) {
    int depth = 0;
    while (depth < pattern.getNameCount() - 1
        && !pattern.getName(depth).toString().matches(".*[*?\\[{].*")) {
      depth++;
    }
    return ancestor(pattern, depth);
  }

  /** Returns the first parts of an absolute path; with 0 parts, its root. */
  private static Path ancestor(Path path, int parts) {
    Path root = path.getRoot();
    if (root == null) {
      throw new IllegalArgumentException(path + " is not absolute");
    }
    return parts == 0 ? root : root.resolve(path.subpath(0, parts));
  }
}
