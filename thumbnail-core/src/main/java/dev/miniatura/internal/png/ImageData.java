package dev.miniatura.internal.png;

import dev.miniatura.internal.inflate.CompressedInput;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.Notes;
import java.io.IOException;

/**
 * The data of consecutive IDAT chunks, or fdAT chunks of an animation, which together are one zlib
 * stream (PNG, third edition, section 10.1). Segments lie in the source's window; each chunk's CRC
 * is checked before the next one begins.
 */
class ImageData extends CompressedInput {

  /** The longest segment: the time limit is checked once per segment. */
  private static final int SEGMENT_BYTES = 64 << 10;

  private final InputWindow in;
  private final Chunks chunks;
  private final int type;
  private boolean ended;
  private boolean checked; // whether the current chunk's CRC has been read
  private long crcErrorAt = -1;
  private boolean behind; // whether chunks has moved to one of another type

  /**
   * Starts at the first chunk.
   *
   * @param chunks positioned on it
   */
  ImageData(InputWindow in, Chunks chunks, int type) {
    super(Chunks.FORMAT);
    this.in = in;
    this.chunks = chunks;
    this.type = type;
  }

  /** Reads whatever precedes the data in each chunk after the first. */
  void enter() throws IOException {}

  @Override
  public boolean next() throws IOException {
    in.checkDeadline();
    while (!ended && chunks.left == 0) {
      checkCrc();
      boolean found = chunks.next();
      behind = found && chunks.type != type;
      ended = !found || behind;
      if (!ended) {
        checked = false;
        enter();
      }
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

  /** Reads the current chunk to its end, and checks its CRC. */
  void finish() throws IOException {
    while (!ended && chunks.left > 0) {
      next();
    }
    if (!ended) {
      checkCrc();
    }
  }

  /** Moves to the first chunk after the data read so far; false if the source ends before it. */
  boolean moveOn() throws IOException {
    return behind || (!ended && chunks.next());
  }

  private void checkCrc() throws IOException {
    long offset = chunks.offset();
    if (!checked && !chunks.crcMatches() && crcErrorAt < 0) {
      crcErrorAt = offset;
    }
    checked = true;
  }

  /** Notes wrong check values: data that decompresses is shown nevertheless, as in browsers. */
  void note(Notes notes) {
    if (crcErrorAt >= 0) {
      notes.add(
          Chunks.FORMAT, Chunks.name(type) + " with a wrong CRC", "shown all the same", crcErrorAt);
    }
  }

  @Override
  public long offset() {
    return in.offset() - (limit - position);
  }
}
