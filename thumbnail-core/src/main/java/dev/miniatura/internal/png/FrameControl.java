package dev.miniatura.internal.png;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.raster.FrameCanvas.Disposal;
import dev.miniatura.internal.raster.FrameCanvas.Placed;

/**
 * An fcTL chunk (PNG, third edition, section 11.3.6.2).
 *
 * @param sequence its number among the chunks of the animation
 * @param delayMillis the requested display time of the frame
 */
record FrameControl(int sequence, Placed placed, int delayMillis) {

  /** Bytes of an fcTL chunk. */
  static final int BYTES = 26;

  /** The denominator of the delay if it is given as 0. */
  private static final int HUNDREDTHS = 100;

  /**
   * Reads an fcTL chunk.
   *
   * @param image the whole image, which must contain the frame
   * @param offset where the chunk starts in the source, for errors
   */
  static FrameControl parse(byte[] data, PngHeader image, long offset)
      throws MalformedImageException {
    if (data.length != BYTES) {
      throw malformed(offset, "chunk fcTL of %d bytes".formatted(data.length));
    }
    int width = Chunks.u31(data, 4);
    int height = Chunks.u31(data, 8);
    int left = Chunks.u31(data, 12);
    int top = Chunks.u31(data, 16);
    if (width <= 0
        || height <= 0
        || left < 0
        || top < 0
        || (long) left + width > image.width()
        || (long) top + height > image.height()) {
      throw malformed(offset, "frame beyond the image");
    }
    Disposal disposal =
        switch (data[24]) {
          case 0 -> Disposal.KEEP;
          case 1 -> Disposal.CLEAR;
          case 2 -> Disposal.RESTORE;
          default -> throw malformed(offset + 24, "unknown disposal of a frame");
        };
    if (data[25] != 0 && data[25] != 1) {
      throw malformed(offset + 25, "unknown blending of a frame");
    }
    int numerator = Chunks.u16(data, 20);
    int denominator = Chunks.u16(data, 22);
    int perSecond = denominator == 0 ? HUNDREDTHS : denominator;
    return new FrameControl(
        Chunks.u31(data, 0),
        new Placed(left, top, width, height, data[25] == 1, disposal),
        (1000 * numerator + perSecond / 2) / perSecond);
  }

  private static MalformedImageException malformed(long offset, String reason) {
    return new MalformedImageException(Chunks.FORMAT, offset, reason);
  }
}
