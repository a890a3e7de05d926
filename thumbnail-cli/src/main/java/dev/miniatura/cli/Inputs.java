package dev.miniatura.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The images that a command line names, in files and buckets.
 *
 * @param origins one for each folder that thumbnails' keys are relative to
 */
record Inputs(List<Origin> origins) {

  /** How much of the images will be read. */
  enum Reading {
    HEADERS,
    PICTURES
  }

  /**
   * The destination of thumbnails, which is not an input.
   *
   * @param folder a folder
   * @param location what the location of objects begins with, if they go to a place of their own
   * @param beside whether they go beside the originals
   */
  record Destination(Optional<Path> folder, Optional<String> location, boolean beside) {

    static Destination none() {
      return new Destination(Optional.empty(), Optional.empty(), false);
    }

    static Destination besideOriginals() {
      return new Destination(Optional.empty(), Optional.empty(), true);
    }
  }

  /** The option for following links. */
  static final class Links {
    @Option(
        names = "--follow-links",
        description = "Also follow links that lead out of the folder.")
    private boolean follow;
  }

  private static final int HEADER_RANGE = 64 << 10;

  /**
   * Finds the images.
   *
   * @param arguments the user's arguments
   * @param reading how much of the images will be read
   * @param output the destination, which is not an input
   * @throws IOException if an argument names nothing or cannot be examined
   */
  static Inputs find(
      List<String> arguments, Buckets buckets, Reading reading, Destination output, Links links)
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
      origins.addAll(FileInputs.find(files, output.folder(), links.follow, output.beside()));
    }
    for (Map.Entry<String, List<S3Uri>> bucket : byBucket.entrySet()) {
      var store = buckets.bucket(bucket.getKey());
      if (reading == Reading.HEADERS) {
        store.firstRange(HEADER_RANGE);
      }
      origins.addAll(BucketInputs.find(store.build(), bucket.getValue(), output.location()));
    }
    return new Inputs(origins);
  }

  /**
   * Returns the inputs with only the first of any images that would get the same thumbnails: the
   * thumbnails' names depend on the argument that names each image, and not on the others.
   */
  Inputs apart() {
    Map<String, String> taken = new HashMap<>();
    List<Origin> apart = new ArrayList<>();
    for (Origin origin : origins) {
      List<String> keys = new ArrayList<>();
      List<Result> problems = new ArrayList<>(origin.problems());
      for (String key : origin.keys()) {
        String first = taken.putIfAbsent(origin.place(key), origin.address(key));
        if (first == null) {
          keys.add(key);
        } else {
          problems.add(clash(origin, key, first));
        }
      }
      apart.add(
          new Origin(
              origin.store(), origin.prefix(), keys, origin.named(), origin.folder(), problems));
    }
    return new Inputs(apart);
  }

  private static Result clash(Origin origin, String key, String first) {
    return Result.failed(
        origin.name(key),
        "%s and %s would get the same thumbnails; name their common parent folder, or give each its own"
                .formatted(first, origin.address(key))
            + " --out",
        "same name");
  }

  long count() {
    return origins.stream()
        .mapToLong(origin -> origin.keys().size() + origin.problems().size())
        .sum();
  }
}
