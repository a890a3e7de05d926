package dev.miniatura.internal.webp;

import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.Samples;
import dev.miniatura.internal.vp8l.LosslessImage;
import java.io.IOException;

/** The alpha chunk that accompanies a lossy bitstream (RFC 9649, section 2.7.1.2). */
final class AlphaPlane {

  private static final int RAW = 0;
  private static final int LOSSLESS = 1;
  private static final int HORIZONTAL = 1; // filters
  private static final int VERTICAL = 2;
  private static final int GRADIENT = 3;

  private AlphaPlane() {}

  /** Returns whether the alpha is uncompressed. */
  static boolean isRaw(int flags) {
    return (flags & 3) == RAW;
  }

  /** Reads the alpha, one byte per pixel. */
  static byte[] read(byte[] bytes, Chunk chunk, int width, int height, Deadline deadline)
      throws IOException {
    int flags = bytes[chunk.start()];
    Chunk coded = new Chunk(chunk.start() + 1, chunk.end(), chunk.complete());
    byte[] alpha = new byte[Math.multiplyExact(width, height)];
    switch (flags & 3) {
      case RAW -> {
        if (coded.size() < alpha.length) {
          throw Container.WEBP.malformed(coded.end(), "alpha ends early");
        }
        System.arraycopy(bytes, coded.start(), alpha, 0, alpha.length);
      }
      case LOSSLESS -> readGreen(bytes, coded, width, height, alpha, deadline);
      default -> throw Container.WEBP.malformed(chunk.start(), "unknown compression of alpha");
    }
    unfilter(flags >> 2 & 3, alpha, width);
    return alpha;
  }

  /** Reads compressed alpha: the green of a lossless bitstream without its header. */
  private static void readGreen(
      byte[] bytes, Chunk data, int width, int height, byte[] green, Deadline deadline)
      throws IOException {
    int rows =
        LosslessImage.headless(SourceBytes.of(bytes), data.start(), data.end(), width, height)
            .decode(
                (y, argb) -> {
                  for (int x = 0; x < width; x++) {
                    green[y * width + x] = (byte) (argb[x] >> 8);
                  }
                },
                deadline);
    if (rows < height) {
      throw Container.WEBP.malformed(data.end(), "alpha ends early");
    }
  }

  private static void unfilter(int filter, byte[] alpha, int width) {
    for (int i = 1; filter != 0 && i < alpha.length; i++) {
      alpha[i] += (byte) predicted(filter, alpha, i, width);
    }
  }

  /**
   * Returns the prediction of a filter for a value: in the first row the value to the left, in the
   * first column the one above.
   *
   * @param i index of the value, from 1
   */
  static int predicted(int filter, byte[] alpha, int i, int width) {
    int above = i < width ? -1 : alpha[i - width] & 0xff;
    int left = i % width == 0 ? -1 : alpha[i - 1] & 0xff;
    if (left < 0 || above < 0) {
      return Math.max(left, above);
    }
    return switch (filter) {
      case HORIZONTAL -> left;
      case VERTICAL -> above;
      case GRADIENT -> Samples.clamp(left + above - (alpha[i - width - 1] & 0xff));
      default -> throw new IllegalArgumentException("filter " + filter);
    };
  }
}
