package dev.miniatura.internal.png;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/** Compresses the contents of chunks (PNG 10). */
final class Zlib {

  private static final int BUFFER_BYTES = 8192;

  private Zlib() {}

  /**
   * Compresses data.
   *
   * @param level 1 to 9
   * @param strategy one of {@link Deflater}'s
   */
  static byte[] compress(byte[] data, int level, int strategy) {
    byte[] buffer = new byte[BUFFER_BYTES];
    ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);
    Deflater deflater = new Deflater(level);
    try {
      deflater.setStrategy(strategy);
      deflater.setInput(data);
      deflater.finish();
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }
}
