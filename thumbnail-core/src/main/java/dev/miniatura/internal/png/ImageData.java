package dev.miniatura.internal.png;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.inflate.CompressedInput;
import dev.miniatura.internal.io.InputWindow;
import java.io.IOException;

/**
 * The data of consecutive IDAT chunks, which together are one zlib stream (PNG, third edition,
 * section 10.1). Segments lie in the source's window; each chunk's CRC is checked before the next
 * one is entered.
 */
final class ImageData extends CompressedInput {

  /** Longest segment: the time spent is checked once for each. */
  private static final int SEGMENT_BYTES = 64 << 10;

  private final InputWindow in;
  private final Chunks chunks;
  private boolean ended;

  /**
   * Starts at the first IDAT chunk.
   *
   * @param chunks has just moved to it
   */
  ImageData(InputWindow in, Chunks chunks) {
    super(Chunks.FORMAT);
    this.in = in;
    this.chunks = chunks;
  }

  @Override
  public boolean next() throws IOException {
    in.checkDeadline();
    while (!ended && chunks.left == 0) {
      checkCrc();
      ended = !chunks.next() || chunks.type != Chunks.IDAT;
    }
    int length = ended ? 0 : chunks.take(SEGMENT_BYTES);
    array = in.array;
    limit = in.position;
    position = limit - length;
    ended |= length == 0;
    return !ended;
  }

  void checkDeadline() throws IOException {
    in.checkDeadline();
  }

  /** Reads the present chunk to its end, and checks its CRC. */
  void finish() throws IOException {
    while (!ended && chunks.left > 0) {
      next();
    }
    if (!ended) {
      checkCrc();
    }
  }

  private void checkCrc() throws IOException {
    long offset = chunks.offset();
    if (!chunks.crcMatches()) {
      throw new MalformedImageException(Chunks.FORMAT, offset, "CRC error in chunk IDAT");
    }
  }

  @Override
  public long offset() {
    return in.offset() - (limit - position);
  }
}
