package dev.miniatura.internal.webp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.miniatura.internal.io.Container;
import java.io.ByteArrayOutputStream;

/** Writes the chunks of a WebP file (RFC 9649, section 2.3), which {@link Riff} reads. */
final class RiffWriter {

  static final int ICC_FLAG = 0x20; // of VP8X
  static final int ALPHA_FLAG = 0x10;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Adds a chunk, padded to an even number of bytes. */
  RiffWriter chunk(String name, byte[] data) {
    out.writeBytes(name.getBytes(US_ASCII));
    number(out, 4, data.length);
    out.writeBytes(data);
    if ((data.length & 1) != 0) {
      out.write(0);
    }
    return this;
  }

  /** Adds the header chunk of files with a profile or lossy alpha (section 2.7). */
  RiffWriter extended(int width, int height, int flags) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    number(header, 4, flags);
    number(header, 3, width - 1);
    number(header, 3, height - 1);
    return chunk("VP8X", header.toByteArray());
  }

  /** Returns the file. */
  byte[] file() {
    ByteArrayOutputStream file = new ByteArrayOutputStream(12 + out.size());
    file.writeBytes("RIFF".getBytes(US_ASCII));
    number(file, 4, 4 + out.size());
    file.writeBytes(Container.WEBP.name().getBytes(US_ASCII));
    file.writeBytes(out.toByteArray());
    return file.toByteArray();
  }

  /** Writes a little-endian number with a number of bytes. */
  static void number(ByteArrayOutputStream out, int bytes, int value) {
    for (int i = 0; i < bytes; i++) {
      out.write(value >> (8 * i));
    }
  }
}
