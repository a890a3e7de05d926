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
    return compress(data, level, strategy, Integer.MAX_VALUE);
  }

  /**
   * Compresses data, but stops once it takes more than {@code most} bytes: then what is returned is
   * incomplete, and longer than that.
   */
  static byte[] compress(byte[] data, int level, int strategy, int most) {
    byte[] buffer = new byte[BUFFER_BYTES];
    ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);
    Deflater deflater = new Deflater(level);
    try {
      deflater.setStrategy(strategy);
      deflater.setInput(data);
      deflater.finish();
      while (!deflater.finished() && out.size() <= most) {
        int room = (int) Math.min(buffer.length, most + 1L - out.size());
        out.write(buffer, 0, deflater.deflate(buffer, 0, room));
      }
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }
}
