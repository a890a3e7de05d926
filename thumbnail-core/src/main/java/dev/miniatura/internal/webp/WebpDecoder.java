package dev.miniatura.internal.webp;

import dev.miniatura.Limits;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ImageDecoder;
import java.io.IOException;

/** Picks the decoder for a WebP file by its content. */
public final class WebpDecoder {

  private WebpDecoder() {}

  /** Opens a file. */
  public static ImageDecoder open(SourceBytes bytes, Deadline deadline, Limits limits)
      throws IOException {
    WebpContents contents = WebpContents.read(bytes);
    if (contents.animated()) {
      return new AnimatedWebpDecoder(bytes, contents, deadline, limits);
    }
    return contents.isLossyStill()
        ? new LossyWebpDecoder(bytes, contents, deadline)
        : new LosslessWebpDecoder(bytes, contents, deadline);
  }
}
