package dev.miniatura.internal.webp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;

/**
 * Walks the chunks of a WebP file, or of an animation's frame (RFC 9649, section 2.3), and reads
 * only their headers. A chunk that exceeds the bytes is cut off at their end.
 */
final class Riff {

  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  private final SourceBytes bytes;
  private final byte[] header = new byte[CHUNK_HEADER];
  private final int limit;
  private long next;
  private String name = "";
  private int start;
  private long declaredEnd;

  /** Walks the chunks in {@code bytes[from, limit)}. */
  Riff(SourceBytes bytes, int from, int limit) {
    this.bytes = bytes;
    this.next = from;
    this.limit = limit;
  }

  /** Walks the chunks of a file. */
  static Riff file(SourceBytes bytes) {
    return new Riff(bytes, RIFF_HEADER, Integer.MAX_VALUE);
  }

  /** Moves to the next chunk; returns whether there is one. */
  boolean next() throws IOException {
    if (next + CHUNK_HEADER > limit || bytes.read(next, header, 0, CHUNK_HEADER) < CHUNK_HEADER) {
      return false;
    }
    name = new String(header, 0, 4, ISO_8859_1);
    start = (int) next + CHUNK_HEADER;
    long size = u32(header, 4);
    declaredEnd = start + size;
    next = declaredEnd + (size & 1);
    return true;
  }

  /** Returns the four characters that identify the chunk. */
  String name() {
    return name;
  }

  /** Returns the position of the chunk's data. */
  Chunk chunk() throws IOException {
    int end = (int) bytes.reach(Math.min(declaredEnd, limit));
    return new Chunk(start, end, declaredEnd <= end);
  }

  /** Reads a little-endian number, like the methods below. */
  static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  static int u24(byte[] bytes, int at) {
    return u16(bytes, at) | (bytes[at + 2] & 0xff) << 16;
  }

  static long u32(byte[] bytes, int at) {
    return u24(bytes, at) | (bytes[at + 3] & 0xffL) << 24;
  }
}
