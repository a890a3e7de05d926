package dev.miniatura.internal.exif;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What took a picture and when. Each is absent if the file does not say it in a way that can be
 * read.
 *
 * @param make the maker, at most 64 printable ASCII characters
 * @param model the model, likewise
 * @param taken local time at the place of the camera
 */
public record Camera(Optional<String> make, Optional<String> model, Optional<LocalDateTime> taken) {

  /** Returns the camera of a picture that says nothing of one. */
  public static Camera unknown() {
    return new Camera(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
