package dev.miniatura.internal.webp;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.PixelRows;
import dev.miniatura.internal.vp8l.LosslessImage;
import dev.miniatura.internal.webp.WebpFrames.Frame;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decodes the bitstreams of an animated WebP, after checking their size against the container. */
final class WebpBitstreams {

  private final SourceBytes source;
  private final Deadline deadline;
  private byte @Nullable [] bytes;

  WebpBitstreams(SourceBytes source, Deadline deadline) {
    this.source = source;
    this.deadline = deadline;
  }

  /** Returns the whole file, which is loaded at the first frame. */
  private byte[] bytes() throws IOException {
    byte[] all = bytes == null ? source.all() : bytes;
    bytes = all;
    return all;
  }

  /** Decodes a frame. */
  void decode(Frame frame, PixelRows rows, Notes notes) throws IOException {
    byte[] bytes = bytes();
    boolean isLossless = frame.lossless().isPresent();
    Chunk data = isLossless ? frame.lossless() : frame.lossy();
    if (!data.complete() || !frame.alpha().complete()) {
      throw Container.WEBP.malformed(bytes.length, "source ends within a frame");
    }
    if (!isLossless) {
      LossyFrame lossy = LossyFrame.read(bytes, data, frame.alpha());
      checkSize(frame, data, lossy.width(), lossy.height());
      lossy.decode(rows, deadline, notes);
      return;
    }
    LosslessImage lossless = LosslessImage.read(SourceBytes.of(bytes), data.start(), data.end());
    checkSize(frame, data, lossless.width(), lossless.height());
    if (lossless.decode(rows, deadline) < lossless.height()) {
      throw Container.WEBP.malformed(data.end(), "image data of a frame ends early");
    }
  }

  private static void checkSize(Frame frame, Chunk data, int width, int height)
      throws MalformedImageException {
    if (width != frame.placed().width() || height != frame.placed().height()) {
      throw Container.WEBP.malformed(data.start(), "image data and frame differ in size");
    }
  }
}
