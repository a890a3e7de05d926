package dev.miniatura.storage.testkit;

import java.io.IOException;
import java.io.InputStream;

/** Fails at the first read. */
final class BrokenStream extends InputStream {

  @Override
  public int read() throws IOException {
    throw new IOException("connection reset");
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    throw new IOException("connection reset");
  }
}
