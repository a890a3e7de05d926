package dev.miniatura.internal.io;

import dev.miniatura.ImageSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.OptionalLong;

/** A source over bytes in memory; {@link InputWindow} reads them in place. */
public record BytesSource(@SuppressWarnings("ArrayRecordComponent") byte[] bytes)
    implements ImageSource {

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(bytes.length);
  }
}
