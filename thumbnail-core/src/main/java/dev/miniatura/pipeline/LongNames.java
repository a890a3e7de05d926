package dev.miniatura.pipeline;

import dev.miniatura.internal.bytes.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shortens parts of keys that are too long for file systems. A source's name may be as long as they
 * allow, and a thumbnail's is longer. The rule is the same for every store, so that thumbnails keep
 * their keys when copied from one to another.
 */
final class LongNames {

  /** The longest name on the usual file systems, in bytes. */
  private static final int MAX_BYTES = 255;

  /** The number of bytes kept at the end, which holds the spec and the format. */
  private static final int TAIL_BYTES = 32;

  private static final int HASH_BYTES = 10;

  private LongNames() {}

  /** Returns a key in which no part is longer than a file name can be. */
  static String shortened(String key) {
    return key.length() <= MAX_BYTES / 3 // whatever characters they are
        ? key
        : Stream.of(key.split("/", -1)).map(LongNames::part).collect(Collectors.joining("/"));
  }

  /** Shortens one part; a hash distinguishes what is cut out. */
  private static String part(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_BYTES) {
      return name;
    }
    String hash = "~" + Sha256.hex(name, HASH_BYTES);
    int head = boundary(bytes, MAX_BYTES - hash.length() - TAIL_BYTES, -1);
    int tail = boundary(bytes, bytes.length - TAIL_BYTES, 1);
    return new String(bytes, 0, head, StandardCharsets.UTF_8)
        + hash
        + new String(bytes, tail, bytes.length - tail, StandardCharsets.UTF_8);
  }

  /** Returns the position of the start of a character, at or next to a position. */
  private static int boundary(byte[] bytes, int from, int step) {
    int at = from;
    while ((bytes[at] & 0xc0) == 0x80) {
      at += step;
    }
    return at;
  }
}
