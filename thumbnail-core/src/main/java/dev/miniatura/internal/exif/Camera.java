package dev.miniatura.internal.exif;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The camera and the date of a picture. Each value is absent if it is missing or unreadable in the
 * file.
 *
 * @param make the maker, at most 64 printable ASCII characters
 * @param model the model, likewise
 * @param taken local time at the place of the camera
 */
public record Camera(Optional<String> make, Optional<String> model, Optional<LocalDateTime> taken) {

  /** Returns the camera of a picture without camera data. */
  public static Camera unknown() {
    return new Camera(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
