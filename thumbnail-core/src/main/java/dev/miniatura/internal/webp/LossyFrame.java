package dev.miniatura.internal.webp;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;

/** A lossy bitstream of a WebP file, with its alpha if it has any. To be decoded once. */
public final class LossyFrame {

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
  public static LossyFrame read(byte[] bytes, Chunk data, Chunk alpha)
      throws MalformedImageException {
    return new LossyFrame(bytes, FrameHeader.read(bytes, data.start(), data.end()), alpha);
  }

  /** Returns the width in pixels. */
  public int width() {
    return header.width();
  }

  /** Returns the height in pixels. */
  public int height() {
    return header.height();
  }

  boolean hasAlpha() {
    return alpha.isPresent();
  }

  /** Returns the bytes that decoding takes, besides the file. */
  long workingBytes() {
    long perPixel =
        !hasAlpha() ? 0 : AlphaPlane.isRaw(bytes, alpha) ? 1 : 1 + LOSSLESS_BYTES_PER_PIXEL;
    return Vp8Decoder.workingBytes(header.columns())
        + 40L * header.width()
        + perPixel * header.width() * header.height();
  }

  /**
   * Decodes into planes of full-range YCbCr, without alpha.
   *
   * @param filtered whether the loop filter runs
   */
  void decode(boolean filtered, RowSink sink, InputWindow source, Notes notes) throws IOException {
    new Vp8Decoder(header, filtered, source).decode(new StudioRange(width(), sink), notes);
  }

  /** Decodes into pixels. */
  public void decode(PixelRows rows, LosslessReader lossless, InputWindow source, Notes notes)
      throws IOException {
    byte[] opacity =
        hasAlpha() ? AlphaPlane.read(bytes, alpha, width(), height(), lossless) : new byte[0];
    PixelComposer composer = new PixelComposer(width(), height(), opacity, rows);
    new Vp8Decoder(header, true, source).decode(composer, notes);
  }
}
