package dev.miniatura.internal.webp;

/**
 * Where a chunk's data is in a file.
 *
 * @param start index of the first byte
 * @param end index after the last one that is there
 * @param complete whether all are there that the chunk says it has
 */
public record Chunk(int start, int end, boolean complete) {

  /** What stands for a chunk that a file has not. */
  public static final Chunk NONE = new Chunk(0, 0, true);

  /** Returns whether there is any data. */
  public boolean isPresent() {
    return end > start;
  }

  /** Returns the number of bytes that are there. */
  public int size() {
    return end - start;
  }
}
