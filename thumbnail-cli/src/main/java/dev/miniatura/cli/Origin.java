package dev.miniatura.cli;

import dev.miniatura.storage.ImageStore;
import java.util.List;
import java.util.Set;

/**
 * Images in one store.
 *
 * @param store the store
 * @param prefix the folder in the store that holds all of them, with its slash, or {@code ""};
 *     thumbnails keep their place below it
 * @param keys their keys
 * @param named the keys that the command line names individually, not as part of a folder or glob
 * @param folder the prefix that makes a file's key recognizable to the user
 * @param problems other things that were found and are known to have no thumbnails
 */
record Origin(
    ImageStore store,
    String prefix,
    List<String> keys,
    Set<String> named,
    String folder,
    List<Result> problems) {

  /** Returns an image's name: for a file its path below its argument, for an object its URI. */
  String name(String key) {
    return store.location().startsWith(S3Uri.SCHEME) ? store.location() + key : folder + key;
  }

  /** Returns the store for writing next to the images. */
  ImageStore beside() {
    return store instanceof FileSet files ? files.folder() : store;
  }

  /** Returns the full address of an image. */
  String address(String key) {
    return (store.location() + key).replaceFirst("^file:", "");
  }

  /** Returns an image's place among the thumbnails. */
  String place(String key) {
    return key.substring(prefix.length());
  }
}
