package dev.miniatura.internal.webp;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.PixelRows;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.vp8l.LosslessImage;
import java.io.IOException;

/** A lossy bitstream of a WebP file, with its alpha, if any. It can be decoded once. */
final class LossyFrame {

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
   * Returns the bytes that decoding takes, in addition to the file.
   *
   * @param alpha the first byte of the alpha, or −1 if there is none
   * @param alphaBytes length of the coded alpha
   */
  static long workingBytes(FrameSize size, int alpha, int alphaBytes) {
    int width = size.width();
    int height = size.height();
    boolean compressed = alpha >= 0 && !AlphaPlane.isRaw(alpha);
    return Vp8Decoder.workingBytes(size.columns())
        + 40L * width
        + (alpha < 0 ? 0 : (long) width * height)
        + (compressed ? LosslessImage.workingBytes(width, height, alphaBytes) : 0);
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
  void decode(PixelRows rows, Deadline deadline, Notes notes) throws IOException {
    byte[] opacity =
        hasAlpha() ? AlphaPlane.read(bytes, alpha, width(), height(), deadline) : new byte[0];
    PixelComposer composer = new PixelComposer(width(), height(), opacity, rows);
    new Vp8Decoder(header, true, deadline).decode(composer, notes);
  }
}
