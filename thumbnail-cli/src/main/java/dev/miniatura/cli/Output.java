package dev.miniatura.cli;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.FileImageStore;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The destination of thumbnails: a folder on disk or in a bucket.
 *
 * @param store the folder or the bucket
 * @param prefix the folder in the bucket, with its slash; {@code ""} otherwise
 * @param folder the folder, unless it is in a bucket
 */
record Output(ImageStore store, String prefix, Optional<Path> folder) {

  /**
   * Returns the destination that an argument names. Whether a bucket exists is checked at once, so
   * that a missing one is not an error for every image.
   */
  static Output of(String argument, Buckets buckets) throws IOException {
    if (!S3Uri.is(argument)) {
      Path folder = Path.of(argument).toAbsolutePath().normalize();
      return new Output(FileImageStore.of(folder), "", Optional.of(folder));
    }
    S3Uri uri = S3Uri.parse(argument);
    Output output =
        new Output(buckets.bucket(uri.bucket()).build(), uri.folder(), Optional.empty());
    try (Stream<?> present = output.store.list(output.prefix)) {
      var unused = present.findFirst();
    }
    return output;
  }

  String location() {
    return store.location() + prefix;
  }

  /** Writes a page atomically and returns its location. */
  String write(String name, String html) throws IOException {
    if (folder.isEmpty()) {
      store.put(
          prefix + name,
          ImageSource.of(html.getBytes(StandardCharsets.UTF_8)),
          Attributes.none().withContentType("text/html; charset=utf-8"));
      return location() + name;
    }
    Files.createDirectories(folder.get());
    Path target = folder.get().resolve(name);
    Path partial = folder.get().resolve("." + name + ".part");
    Files.writeString(partial, html);
    Files.move(
        partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return target.toString();
  }
}
