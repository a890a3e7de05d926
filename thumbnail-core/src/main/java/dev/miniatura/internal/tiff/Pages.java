package dev.miniatura.internal.tiff;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the main picture among the directories of a file, and smaller versions of it. */
final class Pages {

  /**
   * The maximum number of directories examined; more are pages of a book, not versions of a
   * picture.
   */
  private static final int MAX_COUNT = 64;

  private static final double ASPECT_TOLERANCE = 0.02;

  private final TiffFile file;

  Pages(TiffFile file) {
    this.file = file;
  }

  /**
   * Returns the first directory that is marked neither as reduced nor as mask; if all are marked,
   * the largest.
   */
  Directory main() throws IOException {
    Directory first = new Directory(file, file.first());
    if (isWhole(first)) {
      return first;
    }
    Directory largest = first;
    for (Directory each : chain(first)) {
      if (isWhole(each)) {
        return each;
      }
      largest = area(each) > area(largest) ? each : largest;
    }
    for (Directory each : children(first)) {
      if (isWhole(each)) {
        return each;
      }
    }
    return largest;
  }

  private static boolean isWhole(Directory directory) throws IOException {
    long old = directory.number(Tag.OLD_SUBFILE_TYPE, 1);
    return (directory.number(Tag.SUBFILE_TYPE, old == 2 ? 1 : 0) & 5) == 0 && area(directory) > 0;
  }

  private static long area(Directory directory) throws IOException {
    return directory.number(Tag.WIDTH, 0) * directory.number(Tag.LENGTH, 0);
  }

  /** Returns the smallest version of a picture that is at least as large as a target, or itself. */
  Directory version(Directory main, double targetWidth, double targetHeight) throws IOException {
    Directory best = main;
    List<Directory> versions = chain(new Directory(file, file.first()));
    versions.addAll(children(main));
    for (Directory each : versions) {
      boolean reduced = (each.number(Tag.SUBFILE_TYPE, 0) & 5) == 1;
      long width = each.number(Tag.WIDTH, 0);
      long height = each.number(Tag.LENGTH, 0);
      boolean enough = width >= targetWidth && height >= targetHeight;
      if (reduced && enough && area(each) < area(best) && isAlike(main, width, height)) {
        best = each;
      }
    }
    return best;
  }

  private static boolean isAlike(Directory main, long width, long height) throws IOException {
    double scale = (double) main.number(Tag.WIDTH, 0) / width;
    double error = Math.abs(main.number(Tag.LENGTH, 0) - height * scale);
    return error <= Math.max(scale, ASPECT_TOLERANCE * main.number(Tag.LENGTH, 0) / 10);
  }

  /** Returns a directory and those that follow it. */
  private List<Directory> chain(Directory first) throws IOException {
    List<Directory> all = new ArrayList<>(List.of(first));
    Set<Long> seen = new HashSet<>(List.of(first.at));
    Directory last = first;
    while (all.size() < MAX_COUNT
        && last.next > 0
        && file.has(last.next, 2)
        && seen.add(last.next)) {
      last = new Directory(file, last.next);
      all.add(last);
    }
    return all;
  }

  private List<Directory> children(Directory parent) throws IOException {
    List<Directory> all = new ArrayList<>();
    for (int i = 0; i < Math.min(MAX_COUNT, parent.count(Tag.SUB_DIRECTORIES)); i++) {
      long at = parent.number(Tag.SUB_DIRECTORIES, i, 0);
      if (at > 0 && file.has(at, 2)) {
        all.add(new Directory(file, at));
      }
    }
    return all;
  }
}
