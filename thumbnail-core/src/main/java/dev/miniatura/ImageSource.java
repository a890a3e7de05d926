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
 * The bytes of an image. A source can be opened repeatedly, unless it was made from a stream; it
 * knows its length if that costs nothing.
 *
 * <p>The caller of {@link #open} closes the stream it returns. A stream from which a source was
 * made stays open; closing it is up to the code that opened it.
 */
public interface ImageSource {

  /**
   * Opens the bytes from the start. The caller closes the stream, possibly before its end.
   *
   * @throws IOException if the store or stream fails; it reaches the caller unwrapped
   */
  InputStream open() throws IOException;

  /** Returns the length in bytes, if it is known before reading. */
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
   * stream is not closed, so it may be an entry of an archive; how far it is read is unspecified.
   *
   * @throws NullPointerException if {@code stream} is null
   */
  static ImageSource of(InputStream stream) {
    return new StreamSource(Objects.requireNonNull(stream, "stream"));
  }

  /**
   * Returns a source for a decoded picture, which is read but never changed. A {@link Thumbnailer}
   * uses the pixels directly. For other readers, such as a store, the source's bytes are the
   * picture as a PNG in sRGB with 8 bits per channel.
   *
   * @throws NullPointerException if {@code image} is null
   */
  static ImageSource of(BufferedImage image) {
    return new RasterSource(Objects.requireNonNull(image, "image"));
  }
}
