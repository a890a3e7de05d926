package dev.miniatura.internal.webp;

import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.FrameCanvas.Disposal;
import dev.miniatura.internal.raster.FrameCanvas.Placed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of an animated WebP's chunks, without pixels (RFC 9649, section 2.7). A file that
 * ends early has the frames that begin in it.
 *
 * @param width columns of the canvas
 * @param height rows of the canvas
 * @param plays how often the animation plays; 0 means forever
 * @param count number of frames in the file
 * @param list the frames in order, as many as were requested
 */
record WebpFrames(int width, int height, int plays, int count, List<Frame> list) {

  /**
   * One frame: a lossless bitstream, or a lossy one that may have a separate alpha chunk.
   *
   * @param start start of its chunk's data, for errors
   * @param delayMillis the requested display time
   * @param transparent whether some of its pixels may be transparent
   */
  record Frame(
      int start,
      Placed placed,
      int delayMillis,
      boolean transparent,
      Chunk lossless,
      Chunk lossy,
      Chunk alpha) {}

  private static final int FRAME_HEADER = 16;
  private static final int EXTENDED_HEADER = 10;

  /**
   * Walks the chunks of an animated file.
   *
   * @param most maximum number of frames to list; the others are only counted
   */
  static WebpFrames read(SourceBytes bytes, int most) throws IOException {
    Riff riff = Riff.file(bytes);
    riff.next();
    byte[] extended = head(bytes, riff.chunk().start(), EXTENDED_HEADER); // VP8X, always the first
    int plays = 0;
    int count = 0;
    List<Frame> frames = new ArrayList<>();
    while (riff.next()) {
      Chunk chunk = riff.chunk();
      switch (riff.name()) {
        case "ANIM" -> plays = chunk.size() < 6 ? 0 : Riff.u16(head(bytes, chunk.start(), 6), 4);
        case "ANMF" -> {
          if (chunk.size() >= FRAME_HEADER && count++ < most) {
            frames.add(frame(bytes, chunk));
          }
        }
        default -> {} // metadata, or unknown and therefore skipped
      }
    }
    if (frames.isEmpty()) {
      throw Container.WEBP.malformed(bytes.length(), "has no frame");
    }
    return new WebpFrames(
        1 + Riff.u24(extended, 4), 1 + Riff.u24(extended, 7), plays, count, frames);
  }

  private static byte[] head(SourceBytes bytes, int start, int length) throws IOException {
    return bytes.slice(start, start + length);
  }

  private static Frame frame(SourceBytes bytes, Chunk chunk) throws IOException {
    int start = chunk.start();
    byte[] header = head(bytes, start, FRAME_HEADER);
    int flags = header[15];
    Placed placed =
        new Placed(
            2 * Riff.u24(header, 0),
            2 * Riff.u24(header, 3),
            1 + Riff.u24(header, 6),
            1 + Riff.u24(header, 9),
            (flags & 2) == 0,
            (flags & 1) == 0 ? Disposal.KEEP : Disposal.CLEAR);
    Chunk lossless = Chunk.NONE;
    Chunk lossy = Chunk.NONE;
    Chunk alpha = Chunk.NONE;
    Riff riff = new Riff(bytes, start + FRAME_HEADER, chunk.end());
    while (!lossless.isPresent() && !lossy.isPresent() && riff.next()) {
      switch (riff.name()) {
        case "VP8L" -> lossless = riff.chunk();
        case "VP8 " -> lossy = riff.chunk();
        case "ALPH" -> alpha = riff.chunk();
        default -> {} // unknown and therefore skipped
      }
    }
    int mark = lossless.start() + 4; // where a bitstream says whether it has alpha
    boolean marked = lossless.isPresent() && (Math.max(0, bytes.at(mark)) & 0x10) != 0;
    boolean transparent = marked || alpha.isPresent();
    return new Frame(start, placed, Riff.u24(header, 12), transparent, lossless, lossy, alpha);
  }

  /** Returns whether a frame hides the whole canvas. */
  boolean hides(Frame frame) {
    Placed placed = frame.placed;
    return !frame.transparent && placed.width() == width && placed.height() == height;
  }
}
