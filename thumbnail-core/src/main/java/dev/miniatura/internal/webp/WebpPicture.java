package dev.miniatura.internal.webp;

import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.PixelRows;
import dev.miniatura.internal.vp8l.LosslessImage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A still WebP that is part of another file, decoded to pixels of full size. */
public final class WebpPicture {

  private static final int COMPRESSED_ALPHA = 1; // first byte of the chunk

  private final @Nullable LossyFrame lossy;
  private final @Nullable LosslessImage lossless;

  private WebpPicture(@Nullable LossyFrame lossy, @Nullable LosslessImage lossless) {
    this.lossy = lossy;
    this.lossless = lossless;
  }

  /** Reads the headers of a file. */
  public static WebpPicture read(SourceBytes bytes) throws IOException {
    WebpContents contents = WebpContents.read(bytes);
    if (contents.animated()) {
      throw Container.WEBP.malformed(0, "an animation as part of a picture");
    }
    if (contents.isLossyStill()) {
      LossyFrame frame = LossyFrame.read(bytes.all(), contents.lossy(), contents.alpha());
      return new WebpPicture(frame, null);
    }
    Chunk data = contents.lossless();
    return new WebpPicture(null, LosslessImage.read(bytes, data.start(), data.end()));
  }

  /**
   * Returns the most bytes that decoding takes, besides the file.
   *
   * @param fileBytes length of the file
   */
  public static long workingBytes(int width, int height, int fileBytes) {
    return LossyFrame.workingBytes(new FrameSize(width, height, 0), COMPRESSED_ALPHA, fileBytes);
  }

  /** Returns the width in pixels. */
  public int width() {
    return lossy == null ? image().width() : lossy.width();
  }

  /** Returns the height in pixels. */
  public int height() {
    return lossy == null ? image().height() : lossy.height();
  }

  private LosslessImage image() {
    if (lossless == null) {
      throw new IllegalStateException("neither lossy nor lossless");
    }
    return lossless;
  }

  /** Decodes the picture, all of it or none. */
  public void decode(PixelRows rows, Deadline deadline) throws IOException {
    if (lossy != null) {
      Notes notes = new Notes();
      lossy.decode(rows, deadline, notes);
      notes.refuse(Container.WEBP.name());
    } else if (image().decode(rows, deadline) < height()) {
      throw Container.WEBP.malformed(-1, "image data ends early");
    }
  }
}
