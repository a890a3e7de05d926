package dev.miniatura.cli;

import dev.miniatura.storage.FileImageStore;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files that a command line names: files as such, folders with everything below them, globs.
 * Hidden files and folders are passed over unless named.
 */
final class FileInputs {

  private FileInputs() {}

  /**
   * Finds the files; the store they are in is the deepest folder that holds all of them.
   *
   * @param arguments what the user typed
   * @param exclude a folder whose files are not inputs: the output
   * @throws NoSuchFileException if an argument names nothing
   */
  static Origin find(List<String> arguments, Optional<Path> exclude) throws IOException {
    TreeSet<Path> files = new TreeSet<>();
    Set<Path> named = new HashSet<>();
    List<Path> tops = new ArrayList<>();
    for (String argument : arguments) {
      Path path = Path.of(argument).toAbsolutePath().normalize();
      if (Files.isDirectory(path)) {
        tops.add(path);
        collect(path, exclude, path.getFileSystem().getPathMatcher("glob:**"), files);
      } else if (Files.exists(path)) {
        tops.add(ancestor(path, path.getNameCount() - 1));
        files.add(path);
        named.add(path);
      } else {
        Path base = globBase(path);
        tops.add(base);
        int before = files.size();
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path);
        if (Files.isDirectory(base)) {
          collect(base, exclude, matcher, files);
        }
        if (files.size() == before) {
          throw new NoSuchFileException(argument);
        }
      }
    }
    Path root = commonRoot(tops);
    return new Origin(
        FileImageStore.of(root),
        "",
        files.stream().map(file -> key(root, file)).toList(),
        named.stream().map(file -> key(root, file)).collect(Collectors.toSet()));
  }

  /** Returns a file's place below the root, with {@code /} between its parts. */
  private static String key(Path root, Path file) {
    List<String> parts = new ArrayList<>();
    root.relativize(file).forEach(part -> parts.add(part.toString()));
    return String.join("/", parts);
  }

  private static void collect(
      Path top, Optional<Path> exclude, PathMatcher matcher, Set<Path> files) throws IOException {
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean pass =
                exclude.filter(folder::equals).isPresent()
                    || (!folder.equals(top) && isHidden(folder));
            return pass ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file) && matcher.matches(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  /** Returns the folder above the first part that has a wildcard, or above the last part. */
  private static Path globBase(Path pattern) {
    int depth = 0;
    while (depth < pattern.getNameCount() - 1
        && !pattern.getName(depth).toString().matches(".*[*?\\[{].*")) {
      depth++;
    }
    return ancestor(pattern, depth);
  }

  private static Path commonRoot(List<Path> tops) {
    Path root = tops.get(0);
    for (Path top : tops) {
      int depth = root.getNameCount();
      while (!top.startsWith(ancestor(root, depth))) {
        depth--;
      }
      root = ancestor(root, depth);
    }
    return root;
  }

  /** Returns the first parts of an absolute path; none is its root. */
  private static Path ancestor(Path path, int parts) {
    Path root = path.getRoot();
    if (root == null) {
      throw new IllegalArgumentException(path + " is not absolute");
    }
    return parts == 0 ? root : root.resolve(path.subpath(0, parts));
  }
}
