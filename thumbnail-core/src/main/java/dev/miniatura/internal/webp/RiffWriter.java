package dev.miniatura.internal.webp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.miniatura.internal.io.Container;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Writes the chunks of a WebP file (RFC 9649, section 2.3), which {@link Riff} reads. */
final class RiffWriter {

  static final int ICC_FLAG = 0x20; // of VP8X
  static final int ALPHA_FLAG = 0x10;
  static final int ANIMATION_FLAG = 0x02;

  private final List<byte[]> pieces = new ArrayList<>();
  private int size;

  /** Adds a chunk, padded to an even number of bytes. The data must not change. */
  RiffWriter chunk(String name, byte[] data) {
    add(head(name, data.length)).add(data);
    return (data.length & 1) == 0 ? this : add(new byte[1]);
  }

  private static byte[] head(String name, int length) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(name.getBytes(US_ASCII));
    number(head, 4, length);
    return head.toByteArray();
  }

  /** Adds chunks that were written before. */
  RiffWriter add(byte[] chunks) {
    pieces.add(chunks);
    size = Math.addExact(size, chunks.length);
    return this;
  }

  /** Adds the header chunk of files with a profile, lossy alpha or frames (section 2.7). */
  RiffWriter extended(int width, int height, int flags) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    number(header, 4, flags);
    number(header, 3, width - 1);
    number(header, 3, height - 1);
    return chunk("VP8X", header.toByteArray());
  }

  /** Returns the chunks alone. */
  byte[] chunks() {
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }

  /** Returns the file. Called once. */
  byte[] file() {
    byte[] head = head("RIFF", Math.addExact(4, size));
    pieces.add(0, Container.WEBP.name().getBytes(US_ASCII));
    pieces.add(0, head);
    size += 12;
    return chunks();
  }

  /** Writes a little-endian number with a number of bytes. */
  static void number(ByteArrayOutputStream out, int bytes, int value) {
    for (int i = 0; i < bytes; i++) {
      out.write(value >> (8 * i));
    }
  }
}
