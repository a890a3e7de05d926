package dev.miniatura.internal.webp;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.PixelRows;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;

/** A lossy bitstream of a WebP file, with its alpha if it has any. To be decoded once. */
final class LossyFrame {

  private static final int LOSSLESS_BYTES_PER_PIXEL = 8; // planes and image of a plugin

  private final byte[] bytes;
  private final FrameHeader header;
  private final Chunk alpha;

  private LossyFrame(byte[] bytes, FrameHeader header, Chunk alpha) {
    this.bytes = bytes;
    this.header = header;
    this.alpha = alpha;
  }

  /** Reads the header. */
  static LossyFrame read(byte[] bytes, Chunk data, Chunk alpha) throws MalformedImageException {
    return new LossyFrame(bytes, FrameHeader.read(bytes, data.start(), data.end()), alpha);
  }

  /** Returns the width in pixels. */
  int width() {
    return header.size().width();
  }

  /** Returns the height in pixels. */
  int height() {
    return header.size().height();
  }

  private boolean hasAlpha() {
    return alpha.isPresent();
  }

  /**
   * Returns the bytes that decoding takes, besides the file.
   *
   * @param alpha the first byte of the alpha, or −1 if there is none
   */
  static long workingBytes(FrameSize size, int alpha) {
    long perPixel = alpha < 0 ? 0 : AlphaPlane.isRaw(alpha) ? 1 : 1 + LOSSLESS_BYTES_PER_PIXEL;
    return Vp8Decoder.workingBytes(size.columns())
        + 40L * size.width()
        + perPixel * size.width() * size.height();
  }

  /**
   * Decodes into planes of full-range YCbCr, without alpha.
   *
   * @param filtered whether the loop filter runs
   */
  void decode(boolean filtered, RowSink sink, Deadline deadline, Notes notes) throws IOException {
    new Vp8Decoder(header, filtered, deadline).decode(new LimitedRange(width(), sink), notes);
  }

  /** Decodes into pixels. */
  void decode(PixelRows rows, LosslessReader lossless, Deadline deadline, Notes notes)
      throws IOException {
    byte[] opacity =
        hasAlpha() ? AlphaPlane.read(bytes, alpha, width(), height(), lossless) : new byte[0];
    PixelComposer composer = new PixelComposer(width(), height(), opacity, rows);
    new Vp8Decoder(header, true, deadline).decode(composer, notes);
  }
}
