package dev.miniatura.cli;

import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Entry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The objects of one bucket that a command line names: objects as such, and folders with everything
 * below them. Patterns are not expanded: {@code *} is an ordinary character in a key.
 */
final class BucketInputs {

  private BucketInputs() {}

  /**
   * Finds the objects.
   *
   * @param uris what the user typed, all of this bucket
   * @param exclude location of what is no input: the output
   * @throws FileNotFoundException if a URI names nothing
   */
  static Origin find(ImageStore bucket, List<S3Uri> uris, String exclude) throws IOException {
    TreeSet<String> keys = new TreeSet<>();
    Set<String> named = new HashSet<>();
    List<String> folders = new ArrayList<>();
    for (S3Uri uri : uris) {
      String key = uri.key();
      if (!uri.folder().equals(key) && bucket.stat(key).isPresent()) {
        folders.add(key.substring(0, key.lastIndexOf('/') + 1));
        keys.add(key);
        named.add(key);
      } else {
        folders.add(uri.folder());
        int before = keys.size();
        try (Stream<String> below = below(bucket, uri.folder(), "", exclude).map(Entry::key)) {
          below.forEach(keys::add);
        }
        if (keys.size() == before) {
          throw new FileNotFoundException("there is nothing at " + uri);
        }
      }
    }
    return new Origin(bucket, commonFolder(folders), List.copyOf(keys), named);
  }

  /**
   * Lists the objects of a folder, without those with which some tools mark folders.
   *
   * @param after a key to begin behind, or {@code ""}
   */
  static Stream<Entry> below(ImageStore bucket, String folder, String after, String exclude)
      throws IOException {
    String location = bucket.location();
    return bucket
        .list(folder, after)
        .filter(entry -> entry.size() > 0 || !entry.key().endsWith("/"))
        .filter(entry -> !(location + entry.key()).startsWith(exclude));
  }

  private static String commonFolder(List<String> folders) {
    Optional<String> common =
        folders.stream()
            .reduce(
                (one, other) -> {
                  String folder = one;
                  while (!other.startsWith(folder)) {
                    folder = folder.substring(0, folder.lastIndexOf('/', folder.length() - 2) + 1);
                  }
                  return folder;
                });
    return common.orElse("");
  }
}
