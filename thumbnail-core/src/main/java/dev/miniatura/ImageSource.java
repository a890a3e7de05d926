package dev.miniatura;

import dev.miniatura.internal.engine.RasterSource;
import dev.miniatura.internal.io.BytesSource;
import dev.miniatura.internal.io.PathSource;
import dev.miniatura.internal.io.StreamSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Where an image's bytes come from. A source can be opened again, except one made from a stream; it
 * knows its length when that costs nothing.
 *
 * <p>Whoever opens a source closes what {@link #open} returned. A stream that a source was made
 * from stays open: closing it is up to whoever opened it.
 */
public interface ImageSource {

  /**
   * Opens the bytes from their start. Whoever calls this closes the stream, possibly before its
   * end.
   *
   * @throws IOException what the store or stream reports; it reaches the caller unwrapped
   */
  InputStream open() throws IOException;

  /** Returns the length in bytes, when it is known before reading. */
  default OptionalLong length() {
    return OptionalLong.empty();
  }

  /**
   * Returns a source that reads a file.
   *
   * @throws NullPointerException if {@code path} is null
   */
  static ImageSource of(Path path) {
    return new PathSource(Objects.requireNonNull(path, "path"));
  }

  /**
   * Returns a source over bytes in memory, which must not change while they are rendered.
   *
   * @throws NullPointerException if {@code bytes} is null
   */
  static ImageSource of(byte[] bytes) {
    return new BytesSource(Objects.requireNonNull(bytes, "bytes"));
  }

  /**
   * Returns a source that reads the stream from its current position. It can be opened once; a
   * second call of a {@link Thumbnailer} method on it throws {@link IllegalStateException}. The
   * stream is not closed, so that it may be an entry of an archive; how far it was read is not
   * defined.
   *
   * @throws NullPointerException if {@code stream} is null
   */
  static ImageSource of(InputStream stream) {
    return new StreamSource(Objects.requireNonNull(stream, "stream"));
  }

  /**
   * Returns a source over a picture already decoded; it is read, never changed. A {@link
   * Thumbnailer} takes the pixels as they are. For all others, such as a store, the source's bytes
   * are the picture as a PNG in sRGB, 8 bits per channel.
   *
   * @throws NullPointerException if {@code image} is null
   */
  static ImageSource of(BufferedImage image) {
    return new RasterSource(Objects.requireNonNull(image, "image"));
  }
}
