package dev.miniatura.internal.vp8l;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.PixelRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A lossless bitstream of a WebP file (RFC 9649, section 3), decoded by rows. Not thread-safe; to
 * be decoded once.
 */
public final class LosslessImage {

  private static final int SIGNATURE = 0x2f;
  private static final int SIZE_BITS = 14;

  private final BitSource in;
  private final int width;
  private final int height;
  private final boolean alpha;

  private LosslessImage(BitSource in, int width, int height, boolean alpha) {
    this.in = in;
    this.width = width;
    this.height = height;
    this.alpha = alpha;
  }

  /**
   * Reads the header (section 3.4) of a bitstream.
   *
   * @param start start of the bitstream in the source
   * @param end its end, or that of the source
   */
  public static LosslessImage read(SourceBytes source, long start, long end) throws IOException {
    BitSource in = new BitSource(source, start, end);
    int signature = in.take(8);
    in.require("its header");
    if (signature != SIGNATURE) {
      throw Container.WEBP.malformed(start, "lossless image: no signature");
    }
    int width = 1 + in.take(SIZE_BITS);
    int height = 1 + in.take(SIZE_BITS);
    boolean alpha = in.flag();
    int version = in.take(3);
    in.require("its header");
    if (version != 0) {
      throw Container.WEBP.malformed(start + 4, "lossless image: version " + version);
    }
    return new LosslessImage(in, width, height, alpha);
  }

  /** Returns a bitstream without a header, for an image of known size. */
  public static LosslessImage headless(
      SourceBytes source, long start, long end, int width, int height) {
    return new LosslessImage(new BitSource(source, start, end), width, height, false);
  }

  /** Returns the width in pixels. */
  public int width() {
    return width;
  }

  /** Returns the height in pixels. */
  public int height() {
    return height;
  }

  /** Returns whether the header says that some pixels may be transparent. */
  public boolean alpha() {
    return alpha;
  }

  /**
   * Returns the maximum number of bytes that decoding takes, in addition to the source.
   *
   * @param bytes length of the bitstream
   */
  public static long workingBytes(int width, int height, long bytes) {
    long described = Blocks.most(width, height) * (Byte.BYTES + Integer.BYTES); // by transforms
    return described
        + GroupMap.workingBytes(width, height)
        + PrefixCodes.workingBytes(bytes)
        + PixelReader.workingBytes(width, height)
        + 16L * Integer.BYTES * Math.max(width, 1 << 10); // rows, caches and tables being built
  }

  /**
   * Decodes the image. Fully transparent pixels keep their coded colors; the alpha flag in the
   * header has no effect.
   *
   * @return how many rows were delivered: fewer than all if the bitstream ends early
   * @throws MalformedImageException if it ends within the first row, or is invalid
   */
  public int decode(PixelRows rows, Deadline deadline) throws IOException {
    List<Transform> transforms = new ArrayList<>();
    int codedWidth = width;
    int seen = 0;
    while (in.flag()) {
      int type = in.take(2);
      if ((seen & 1 << type) != 0) {
        throw in.malformed("repeated transform");
      }
      seen |= 1 << type;
      Transform transform =
          switch (type) {
            case Transform.PREDICTOR -> Predictor.read(in, codedWidth, height, deadline);
            case Transform.COLOR -> ColorTransform.read(in, codedWidth, height, deadline);
            case Transform.SUBTRACT_GREEN -> new SubtractGreen();
            default -> ColorIndexing.read(in, codedWidth, deadline);
          };
      if (transform instanceof ColorIndexing indexing) {
        codedWidth = indexing.codedWidth();
      }
      transforms.add(0, transform); // the last transform is undone first
    }
    int decoded =
        PixelReader.open(in, codedWidth, height, true, deadline)
            .read(
                (y, coded) -> {
                  int[] row = coded;
                  for (Transform transform : transforms) {
                    row = transform.undo(y, row);
                  }
                  rows.row(y, row);
                });
    if (decoded == 0) {
      in.require("the first row");
    }
    return decoded;
  }
}
