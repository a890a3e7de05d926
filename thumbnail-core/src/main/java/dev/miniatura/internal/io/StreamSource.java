package dev.miniatura.internal.io;

import dev.miniatura.ImageSource;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A source over a caller's stream, which can be read once and is closed by the caller. */
public final class StreamSource implements ImageSource {

  private final AtomicReference<@Nullable InputStream> stream;

  public StreamSource(InputStream stream) {
    this.stream = new AtomicReference<>(stream);
  }

  @Override
  public InputStream open() {
    InputStream once = stream.getAndSet(null);
    if (once == null) {
      throw new IllegalStateException(
          "a source made from a stream can be read once; use bytes or a path to read it again");
    }
    return new FilterInputStream(once) {
      @Override
      public void close() {
        // Whoever opened the stream may have more to read from it.
      }
    };
  }
}
