package dev.miniatura.cli;

import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Entry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The objects of one bucket that a command line names: single objects, and folders with everything
 * below them. Patterns are not expanded: {@code *} is an ordinary character in a key.
 */
final class BucketInputs {

  private BucketInputs() {}

  /** The objects found below one folder. */
  private static final class Found {
    private final TreeSet<String> keys = new TreeSet<>();
    private final Set<String> named = new HashSet<>();
  }

  /**
   * Finds the objects, with an origin for each folder that is named or holds an object named.
   *
   * @param uris the user's arguments, all in this bucket
   * @param exclude a location that is not an input: the output, if it can be among the objects
   * @throws FileNotFoundException if a URI names nothing
   */
  static List<Origin> find(ImageStore bucket, List<S3Uri> uris, Optional<String> exclude)
      throws IOException {
    Map<String, Found> byFolder = new LinkedHashMap<>();
    for (S3Uri uri : uris) {
      String key = uri.key();
      if (!uri.folder().equals(key) && bucket.stat(key).isPresent()) {
        Found found = found(byFolder, key.substring(0, key.lastIndexOf('/') + 1));
        found.keys.add(key);
        found.named.add(key);
      } else {
        List<String> keys;
        try (Stream<Entry> below = below(bucket, uri.folder(), "", exclude)) {
          keys = below.map(Entry::key).toList();
        }
        if (keys.isEmpty()) {
          throw new FileNotFoundException("nothing found at " + uri);
        }
        found(byFolder, uri.folder()).keys.addAll(keys);
      }
    }
    List<Origin> origins = new ArrayList<>();
    byFolder.forEach(
        (folder, found) ->
            origins.add(
                new Origin(bucket, folder, List.copyOf(found.keys), found.named, "", List.of())));
    return origins;
  }

  private static Found found(Map<String, Found> byFolder, String folder) {
    return byFolder.computeIfAbsent(folder, prefix -> new Found());
  }

  /**
   * Lists the objects of a folder, without the objects with which some tools mark folders.
   *
   * @param after a key to start after, or {@code ""}
   */
  static Stream<Entry> below(
      ImageStore bucket, String folder, String after, Optional<String> exclude) throws IOException {
    String location = bucket.location();
    return bucket
        .list(folder, after)
        .filter(entry -> entry.size() > 0 || !entry.key().endsWith("/"))
        .filter(entry -> exclude.filter((location + entry.key())::startsWith).isEmpty());
  }
}
