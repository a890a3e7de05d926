package dev.miniatura.internal.icon;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.png.PngDecoder;
import dev.miniatura.internal.raster.ImageDecoder;
import java.io.IOException;
import java.util.Optional;

/**
 * One of the pictures in an icon file.
 *
 * @param bits bits of a pixel; of two pictures of a size, the one with more is better
 * @param complete whether the file has all of its bytes
 */
record IconPicture(int width, int height, int bits, boolean complete, Opening opening) {

  private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int IHDR_WIDTH_AT = 16;
  private static final int IHDR_HEIGHT_AT = 20;
  private static final int IHDR_END = 24;

  /** Opens the picture. */
  interface Opening {
    ImageDecoder open() throws IOException;
  }

  ImageDecoder open() throws IOException {
    return opening.open();
  }

  long area() {
    return (long) width * height;
  }

  /** Returns the PNG at a position of the file, if there is one. */
  static Optional<IconPicture> png(
      SourceBytes file, long start, long end, Limits limits, Deadline deadline) throws IOException {
    byte[] head = file.slice(start, Math.min(end, start + IHDR_END));
    if (head.length < IHDR_END || ByteViews.longBe(head, 0) != PNG_SIGNATURE) {
      return Optional.empty();
    }
    int width = ByteViews.intBe(head, IHDR_WIDTH_AT);
    int height = ByteViews.intBe(head, IHDR_HEIGHT_AT);
    Opening opening =
        () -> {
          ImageSource source = ImageSource.of(file.stream(start, end));
          return PngDecoder.open(InputWindow.open(source, limits, deadline), limits);
        };
    return Optional.of(new IconPicture(width, height, 32, file.at(end - 1) >= 0, opening));
  }
}
