package dev.miniatura;

import dev.miniatura.internal.io.BytesSource;
import dev.miniatura.internal.io.PathSource;
import dev.miniatura.internal.io.RasterSource;
import dev.miniatura.internal.io.StreamSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Where an image's bytes come from. A source can be opened again, except one made from a stream; it
 * knows its length when that costs nothing.
 */
public interface ImageSource {

  /**
   * Opens the bytes from their start. The engine closes the stream, possibly before its end.
   *
   * @throws IOException what the store or stream reports; it reaches the caller unwrapped
   */
  InputStream open() throws IOException;

  /** Returns the length in bytes, when it is known before reading. */
  default OptionalLong length() {
    return OptionalLong.empty();
  }

  /** Returns a source that reads a file. */
  static ImageSource of(Path path) {
    return new PathSource(path);
  }

  /** Returns a source over bytes in memory, which must not change while they are rendered. */
  static ImageSource of(byte[] bytes) {
    return new BytesSource(bytes);
  }

  /**
   * Returns a source that reads the stream from its current position. It can be opened once; a
   * second call of a {@link Thumbnailer} method on it throws {@link IllegalStateException}.
   */
  static ImageSource of(InputStream stream) {
    return new StreamSource(stream);
  }

  /** Returns a source over a picture already decoded; it is read, never changed. */
  static ImageSource of(BufferedImage image) {
    return new RasterSource(image);
  }
}
