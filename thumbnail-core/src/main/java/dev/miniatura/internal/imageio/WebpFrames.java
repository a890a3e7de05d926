package dev.miniatura.internal.imageio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.raster.FrameCanvas.Disposal;
import dev.miniatura.internal.raster.FrameCanvas.Placed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the chunks of an animated WebP say, apart from pixels (RFC 9649, section 2.7). A file that
 * ends early has the frames that begin in it.
 *
 * @param width columns of the canvas
 * @param height rows of the canvas
 * @param plays how often the animation plays, 0 for without end
 * @param iccProfile the embedded profile, or null
 * @param count number of frames in the file
 * @param list the frames in order, as many as were asked for
 */
record WebpFrames(
    int width,
    int height,
    int plays,
    @SuppressWarnings("ArrayRecordComponent") byte @Nullable [] iccProfile,
    int count,
    List<Frame> list) {

  /** Where a chunk's data should be in the file; {@link #NONE} has none. */
  record Data(int start, int end) {
    static final Data NONE = new Data(0, 0);

    boolean isPresent() {
      return end > start;
    }
  }

  /**
   * One frame: a lossless bitstream, or a lossy one that may have its alpha beside it.
   *
   * @param start where its chunk's data starts, for errors
   * @param delayMillis for how long it asks to be shown
   * @param transparent whether some of its pixels may be
   */
  record Frame(
      int start,
      Placed placed,
      int delayMillis,
      boolean transparent,
      Data lossless,
      Data lossy,
      Data alpha) {}

  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int EXTENDED_HEADER = 10; // the data of VP8X, always the first chunk
  private static final int ANIMATED = 0x02;

  /** Returns whether a WebP file says that it is animated. */
  static boolean isAnimated(byte[] bytes) {
    return bytes.length >= RIFF_HEADER + CHUNK_HEADER + EXTENDED_HEADER
        && name(bytes, RIFF_HEADER).equals("VP8X")
        && (bytes[RIFF_HEADER + CHUNK_HEADER] & ANIMATED) != 0;
  }

  /**
   * Walks the chunks of an animated file.
   *
   * @param most number of frames to list; the others are only counted
   */
  static WebpFrames read(byte[] bytes, int most) throws MalformedImageException {
    int extended = RIFF_HEADER + CHUNK_HEADER;
    byte[] profile = null;
    int plays = 0;
    int count = 0;
    List<Frame> frames = new ArrayList<>();
    long at = (long) extended + EXTENDED_HEADER;
    while (at + CHUNK_HEADER <= bytes.length) {
      int start = (int) at + CHUNK_HEADER;
      long size = u32(bytes, start - 4);
      int end = (int) Math.min(start + size, bytes.length);
      switch (name(bytes, (int) at)) {
        case "ICCP" -> profile = Arrays.copyOfRange(bytes, start, end);
        case "ANIM" -> plays = end - start < 6 ? 0 : u16(bytes, start + 4);
        case "ANMF" -> {
          if (end - start >= FRAME_HEADER && count++ < most) {
            frames.add(frame(bytes, start, end));
          }
        }
        default -> {} // metadata, or unknown and thus to be skipped
      }
      at = start + size + (size & 1);
    }
    if (frames.isEmpty()) {
      throw new MalformedImageException("WEBP", bytes.length, "has no frame");
    }
    return new WebpFrames(
        1 + u24(bytes, extended + 4), 1 + u24(bytes, extended + 7), plays, profile, count, frames);
  }

  private static Frame frame(byte[] bytes, int start, int end) {
    int flags = bytes[start + 15];
    Placed placed =
        new Placed(
            2 * u24(bytes, start),
            2 * u24(bytes, start + 3),
            1 + u24(bytes, start + 6),
            1 + u24(bytes, start + 9),
            (flags & 2) == 0,
            (flags & 1) == 0 ? Disposal.KEEP : Disposal.CLEAR);
    Data lossless = Data.NONE;
    Data lossy = Data.NONE;
    Data alpha = Data.NONE;
    long at = (long) start + FRAME_HEADER;
    while (at + CHUNK_HEADER <= end && !lossless.isPresent() && !lossy.isPresent()) {
      int from = (int) at + CHUNK_HEADER;
      long size = u32(bytes, from - 4);
      Data data = new Data(from, (int) Math.min(from + size, Integer.MAX_VALUE));
      switch (name(bytes, (int) at)) {
        case "VP8L" -> lossless = data;
        case "VP8 " -> lossy = data;
        case "ALPH" -> alpha = data;
        default -> {} // unknown and thus to be skipped
      }
      at = from + size + (size & 1);
    }
    int mark = lossless.start + 4; // where a bitstream says whether it has alpha
    boolean marked = lossless.isPresent() && mark < bytes.length && (bytes[mark] & 0x10) != 0;
    boolean transparent = marked || alpha.isPresent();
    return new Frame(start, placed, u24(bytes, start + 12), transparent, lossless, lossy, alpha);
  }

  /** Returns whether a frame hides the whole canvas. */
  boolean hides(Frame frame) {
    Placed placed = frame.placed;
    return !frame.transparent && placed.width() == width && placed.height() == height;
  }

  private static String name(byte[] bytes, int at) {
    return new String(bytes, at, 4, ISO_8859_1);
  }

  static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  private static int u24(byte[] bytes, int at) {
    return u16(bytes, at) | (bytes[at + 2] & 0xff) << 16;
  }

  static long u32(byte[] bytes, int at) {
    return u24(bytes, at) | (bytes[at + 3] & 0xffL) << 24;
  }
}
