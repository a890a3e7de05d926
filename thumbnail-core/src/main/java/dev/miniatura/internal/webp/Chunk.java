package dev.miniatura.internal.webp;

/**
 * The position of a chunk's data in a file.
 *
 * @param start index of the first byte
 * @param end index after the last existing one
 * @param complete whether all bytes that the chunk declares exist
 */
public record Chunk(int start, int end, boolean complete) {

  /** Placeholder for an absent chunk. */
  public static final Chunk NONE = new Chunk(0, 0, true);

  /** Returns whether there is any data. */
  public boolean isPresent() {
    return end > start;
  }

  /** Returns the number of existing bytes. */
  public int size() {
    return end - start;
  }
}
