package dev.miniatura.internal.webp;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.PixelRows;
import dev.miniatura.internal.webp.WebpFrames.Frame;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the bitstreams of an animated WebP, after the size in them was found to be the one in the
 * container.
 */
final class WebpBitstreams {

  private static final int LOSSLESS_HEADER = 5;

  private final SourceBytes source;
  private final LosslessReader lossless;
  private final Deadline deadline;
  private byte @Nullable [] bytes;

  WebpBitstreams(SourceBytes source, LosslessReader lossless, Deadline deadline) {
    this.source = source;
    this.lossless = lossless;
    this.deadline = deadline;
  }

  /** The whole file, from the first frame on. */
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
      lossy.decode(rows, lossless, deadline, notes);
      return;
    }
    if (data.size() < LOSSLESS_HEADER) {
      throw Container.WEBP.malformed(data.start(), "frame has no image data");
    }
    int sizes = (int) Riff.u32(bytes, data.start() + 1);
    checkSize(frame, data, 1 + (sizes & 0x3fff), 1 + (sizes >>> 14 & 0x3fff));
    lossless.readPixels(bytes, data, rows);
  }

  private static void checkSize(Frame frame, Chunk data, int width, int height)
      throws MalformedImageException {
    if (width != frame.placed().width() || height != frame.placed().height()) {
      throw Container.WEBP.malformed(data.start(), "image data of another size than its frame");
    }
  }
}
