package dev.miniatura.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images that a command line names, in files and buckets.
 *
 * @param origins one for the files, if there are any, and one for each bucket
 */
record Inputs(List<Origin> origins) {

  /** What will be read of the images. */
  enum Reading {
    HEADERS,
    PICTURES
  }

  /** A location that no store has. */
  static final String NOWHERE = " ";

  private static final int HEADER_RANGE = 64 << 10;

  /**
   * Finds the images.
   *
   * @param arguments what the user typed
   * @param reading what will be read of them
   * @param folder a folder whose files are not inputs
   * @param exclude location of what is no input, if that is in a bucket
   * @throws IOException if an argument names nothing or cannot be looked at
   */
  static Inputs find(
      List<String> arguments,
      Buckets buckets,
      Reading reading,
      Optional<Path> folder,
      String exclude)
      throws IOException {
    List<String> files = arguments.stream().filter(argument -> !S3Uri.is(argument)).toList();
    Map<String, List<S3Uri>> byBucket = new LinkedHashMap<>();
    for (String argument : arguments) {
      if (S3Uri.is(argument)) {
        S3Uri uri = S3Uri.parse(argument);
        byBucket.computeIfAbsent(uri.bucket(), bucket -> new ArrayList<>()).add(uri);
      }
    }
    List<Origin> origins = new ArrayList<>();
    if (!files.isEmpty()) {
      origins.add(FileInputs.find(files, folder));
    }
    for (Map.Entry<String, List<S3Uri>> bucket : byBucket.entrySet()) {
      var store = buckets.bucket(bucket.getKey());
      if (reading == Reading.HEADERS) {
        store.firstRange(HEADER_RANGE);
      }
      origins.add(BucketInputs.find(store.build(), bucket.getValue(), exclude));
    }
    return new Inputs(origins);
  }

  /**
   * Returns the folder of the output in which thumbnails of an origin go: with several origins, a
   * bucket's go to a folder with the bucket's name, so that none are in the way of others.
   *
   * @throws SetupException if files are in a folder of that name
   */
  String folder(Origin origin) {
    String location = origin.store().location();
    if (origins.size() == 1 || !location.startsWith(S3Uri.SCHEME)) {
      return "";
    }
    String folder = S3Uri.parse(location).bucket() + "/";
    boolean taken =
        origins.stream()
            .filter(other -> !other.store().location().startsWith(S3Uri.SCHEME))
            .flatMap(other -> other.keys().stream())
            .anyMatch(key -> key.startsWith(folder));
    if (taken) {
      throw new SetupException(
          folder + " is a bucket and a folder of photos; make their thumbnails one by one");
    }
    return folder;
  }

  long count() {
    return origins.stream().mapToLong(origin -> origin.keys().size()).sum();
  }
}
