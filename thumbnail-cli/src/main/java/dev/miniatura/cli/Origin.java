package dev.miniatura.cli;

import dev.miniatura.storage.ImageStore;
import java.util.List;
import java.util.Set;

/**
 * Images of one store.
 *
 * @param store where they are
 * @param prefix the folder in the store that holds all of them, with its slash, or {@code ""};
 *     thumbnails keep their place below it
 * @param keys their keys
 * @param named the keys that the command line names as such, not as part of a folder or glob
 * @param folder what to put before a file's key where a person is to know it
 * @param problems what was found beside them that is known to have no thumbnails
 */
record Origin(
    ImageStore store,
    String prefix,
    List<String> keys,
    Set<String> named,
    String folder,
    List<Result> problems) {

  /**
   * Returns what to call an image: a file by its place below its argument, an object by its URI.
   */
  String name(String key) {
    return store.location().startsWith(S3Uri.SCHEME) ? store.location() + key : folder + key;
  }

  /** Returns the store in which to write beside the images. */
  ImageStore beside() {
    return store instanceof FileSet files ? files.folder() : store;
  }

  /** Returns where an image is, in full. */
  String address(String key) {
    return (store.location() + key).replaceFirst("^file:", "");
  }

  /** Returns an image's place among the thumbnails. */
  String place(String key) {
    return key.substring(prefix.length());
  }
}
