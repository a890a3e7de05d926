package dev.miniatura.internal.webp;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;

/**
 * The uncoded first bytes of a key frame (RFC 6386, section 9.1).
 *
 * @param firstPartition its length in bytes
 */
record FrameSize(int width, int height, int firstPartition) {

  /** Length of this part of the header. */
  static final int BYTES = 10;

  private static final int TAG_BYTES = 3;
  private static final int START_CODE = 0x2a019d; // little-endian
  private static final int NEWEST_VERSION = 3;
  private static final int MAX_SIDE = 0x3fff;

  /**
   * Reads the tag and the size.
   *
   * @param bytes the first {@value #BYTES} of the frame, or all if it has fewer
   * @param start their position in the source
   */
  static FrameSize read(byte[] bytes, int start) throws MalformedImageException {
    if (bytes.length < BYTES) {
      throw malformed(start, "has no image data");
    }
    int tag = Riff.u24(bytes, 0);
    boolean shown = (tag >> 4 & 1) == 1;
    if ((tag & 1) != 0 || (tag >> 1 & 7) > NEWEST_VERSION || !shown) {
      throw malformed(start, "image data is not a key frame");
    }
    if (Riff.u24(bytes, TAG_BYTES) != START_CODE) {
      throw malformed(start + TAG_BYTES, "no start code");
    }
    int width = Riff.u16(bytes, 6) & MAX_SIDE;
    int height = Riff.u16(bytes, 8) & MAX_SIDE;
    if (width == 0 || height == 0) {
      throw malformed(start + 6, "its size is " + width + " x " + height);
    }
    return new FrameSize(width, height, tag >> 5);
  }

  /** Returns the number of macroblocks per row. */
  int columns() {
    return (width + 15) >> 4;
  }

  /** Returns the number of rows of macroblocks. */
  int rows() {
    return (height + 15) >> 4;
  }

  private static MalformedImageException malformed(int offset, String reason) {
    return Container.WEBP.malformed(offset, reason);
  }
}
