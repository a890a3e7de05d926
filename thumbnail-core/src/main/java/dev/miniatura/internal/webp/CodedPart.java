package dev.miniatura.internal.webp;

import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.FrameCanvas.Disposal;
import dev.miniatura.internal.raster.FrameCanvas.Placed;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.vp8l.LosslessEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A part of an animation as written and as shown.
 *
 * @param chunks the image data of its frame
 * @param shown the pixels that a decoder decodes from them
 */
@SuppressWarnings("ArrayRecordComponent")
record CodedPart(Placed placed, byte[] chunks, int[] shown) {

  /** Returns a part that changes nothing. */
  static CodedPart nothing() {
    Placed pixel = new Placed(0, 0, 1, 1, true, Disposal.KEEP);
    return lossless(new AnimationPart(pixel, new int[1]));
  }

  /** Codes a part losslessly. */
  static CodedPart lossless(AnimationPart part) {
    Placed placed = part.placed();
    byte[] data = LosslessEncoder.encode(part.argb(), placed.width(), placed.height());
    return new CodedPart(placed, new RiffWriter().chunk("VP8L", data).chunks(), part.argb());
  }

  /** Codes a part lossily, except for its alpha. */
  static CodedPart lossy(AnimationPart part, LossyWebpOptions options) {
    Placed placed = part.placed();
    byte[] alpha = alpha(part.argb());
    byte[] frame = LossyWebpEncoder.frame(raster(part), options);
    RiffWriter out = new RiffWriter();
    if (alpha != null) {
      out.chunk("ALPH", CompressedAlpha.code(alpha, placed.width(), placed.height()));
    }
    return new CodedPart(placed, out.chunk("VP8 ", frame).chunks(), decoded(part, frame));
  }

  private static byte @Nullable [] alpha(int[] argb) {
    byte[] alpha = new byte[argb.length];
    int all = 255;
    for (int i = 0; i < argb.length; i++) {
      alpha[i] = (byte) (argb[i] >>> 24);
      all &= argb[i] >>> 24;
    }
    return all == 255 ? null : alpha;
  }

  private static Raster raster(AnimationPart part) {
    Placed placed = part.placed();
    int[] argb = HiddenColors.filled(part.argb(), placed.width(), placed.height());
    Raster raster = Raster.opaque(placed.width(), placed.height(), ColorKind.RGB);
    for (int c = 0; c < 3; c++) {
      byte[] channel = raster.channel(c);
      for (int i = 0; i < argb.length; i++) {
        channel[i] = (byte) (argb[i] >> (16 - 8 * c));
      }
    }
    return raster;
  }

  private static int[] decoded(AnimationPart part, byte[] frame) {
    int width = part.placed().width();
    int[] pixels = new int[part.argb().length];
    Notes notes = new Notes();
    try {
      LossyFrame.read(frame, new Chunk(0, frame.length, true), Chunk.NONE)
          .decode(
              (y, argb) -> System.arraycopy(argb, 0, pixels, y * width, width),
              new Deadline(Duration.ofDays(1)),
              notes);
    } catch (IOException e) {
      throw new UncheckedIOException("a frame that was just written", e);
    }
    for (int i = 0; i < pixels.length; i++) {
      int alpha = part.argb()[i] >>> 24;
      pixels[i] = alpha == 0 ? 0 : alpha << 24 | (pixels[i] & 0xffffff);
    }
    return pixels;
  }

  /** Returns whether any pixel is not opaque. */
  boolean transparent() {
    for (int pixel : shown) {
      if (pixel >>> 24 != 255) {
        return true;
      }
    }
    return false;
  }

  /** Draws the part: an opaque pixel, or one over a transparent pixel, is shown unchanged. */
  void draw(int[] canvas, int width) {
    for (int y = 0, from = 0; y < placed.height(); y++) {
      int to = (placed.top() + y) * width + placed.left();
      for (int x = 0; x < placed.width(); x++, from++, to++) {
        if (!placed.blended() || shown[from] != 0) {
          canvas[to] = shown[from];
        }
      }
    }
  }
}
