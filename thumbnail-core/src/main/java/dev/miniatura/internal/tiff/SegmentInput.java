package dev.miniatura.internal.tiff;

import dev.miniatura.internal.inflate.CompressedInput;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;

/** The stored bytes of one strip or tile, read in blocks. */
final class SegmentInput extends CompressedInput {

  private static final int BLOCK_BYTES = 32 << 10;
  private static final byte[] REVERSED = new byte[256];

  static {
    for (int i = 0; i < REVERSED.length; i++) {
      REVERSED[i] = (byte) (Integer.reverse(i) >>> 24);
    }
  }

  private final SourceBytes bytes;
  private final boolean reversed;
  private long at;
  private final long end;

  /**
   * Starts at a segment.
   *
   * @param end offset after it; the file may end earlier
   * @param reversed whether the first bit of each byte is its lowest (FillOrder 2)
   */
  SegmentInput(TiffFile file, long start, long end, boolean reversed) {
    super(file.format);
    bytes = file.bytes;
    at = start;
    this.end = end;
    this.reversed = reversed;
    array = new byte[(int) Math.max(0, Math.min(BLOCK_BYTES, end - start))];
  }

  @Override
  public boolean next() throws IOException {
    int wanted = (int) Math.max(0, Math.min(array.length, end - at));
    int count = wanted == 0 ? 0 : Math.max(0, bytes.read(at, array, 0, wanted));
    for (int i = 0; reversed && i < count; i++) {
      array[i] = REVERSED[array[i] & 0xff];
    }
    at += count;
    position = 0;
    limit = count;
    return count > 0;
  }

  /** Returns the next byte, 0 to 255, or −1 at the end. */
  int read() throws IOException {
    return position < limit || next() ? array[position++] & 0xff : -1;
  }

  /** Copies up to {@code length} bytes; returns how many there were. */
  int read(byte[] target, int offset, int length) throws IOException {
    int copied = 0;
    while (copied < length && (position < limit || next())) {
      int count = Math.min(length - copied, limit - position);
      System.arraycopy(array, position, target, offset + copied, count);
      position += count;
      copied += count;
    }
    return copied;
  }

  @Override
  public long offset() {
    return at - (limit - position);
  }
}
