package dev.miniatura.internal.webp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Walks the chunks of a WebP file, or of an animation's frame (RFC 9649, section 2.3). Chunks that
 * the bytes end in are cut off there.
 */
public final class Riff {

  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  private final byte[] bytes;
  private final int limit;
  private long next;
  private String name = "";
  private int start;
  private long declaredEnd;

  /** Walks the chunks in {@code bytes[from, limit)}. */
  public Riff(byte[] bytes, int from, int limit) {
    this.bytes = bytes;
    this.next = from;
    this.limit = limit;
  }

  /** Walks the chunks of a file. */
  public static Riff file(byte[] bytes) {
    return new Riff(bytes, RIFF_HEADER, bytes.length);
  }

  /** Goes to the next chunk; returns whether there is one. */
  public boolean next() {
    if (next + CHUNK_HEADER > limit) {
      return false;
    }
    int at = (int) next;
    name = new String(bytes, at, 4, ISO_8859_1);
    start = at + CHUNK_HEADER;
    long size = u32(bytes, at + 4);
    declaredEnd = start + size;
    next = declaredEnd + (size & 1);
    return true;
  }

  /** Goes to the first chunk of that name; returns whether there is one. */
  public boolean find(String wanted) {
    while (next()) {
      if (name.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the four characters that tell what the chunk is. */
  public String name() {
    return name;
  }

  /** Returns where the chunk's data is. */
  public Chunk chunk() {
    return new Chunk(start, (int) Math.min(declaredEnd, limit), declaredEnd <= limit);
  }

  /** Reads a little-endian number, as the ones below. */
  public static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  public static int u24(byte[] bytes, int at) {
    return u16(bytes, at) | (bytes[at + 2] & 0xff) << 16;
  }

  public static long u32(byte[] bytes, int at) {
    return u24(bytes, at) | (bytes[at + 3] & 0xffL) << 24;
  }
}
