package dev.miniatura.internal.gif;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.FrameCanvas.Disposal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a GIF's blocks, without pixels (GIF89a, sections 18 to 26). A file that ends early
 * has the frames that begin in it.
 *
 * @param width columns of the logical screen
 * @param height rows of the logical screen
 * @param plays how often the animation plays; 0 means forever
 * @param count number of frames in the file
 * @param list the frames in order, as many as were requested
 */
record GifFrames(int width, int height, int plays, int count, List<Frame> list) {

  /**
   * One frame.
   *
   * @param transparent index of the transparent color, or −1
   * @param delayMillis the requested display time
   * @param paletteStart start of its colors, which may be those of all frames
   * @param paletteEnd end of its colors; equal to the start if neither it nor the file has any
   * @param dataStart start of its image data
   */
  record Frame(
      int left,
      int top,
      int width,
      int height,
      boolean interlaced,
      int transparent,
      Disposal disposal,
      int delayMillis,
      long paletteStart,
      long paletteEnd,
      long dataStart) {

    /** Returns whether the frame hides all of a screen of that size. */
    boolean hides(int screenWidth, int screenHeight) {
      return transparent < 0
          && left == 0
          && top == 0
          && width >= screenWidth
          && height >= screenHeight;
    }

    /** Returns how many of its columns are visible on a screen. */
    int visibleWidth(int screenWidth) {
      return Math.max(0, Math.min(width, screenWidth - left));
    }

    /** Returns how many of its rows are visible on a screen. */
    int visibleHeight(int screenHeight) {
      return Math.max(0, Math.min(height, screenHeight - top));
    }
  }

  private static final int HEADER = 13; // signature and logical screen descriptor
  private static final int DESCRIPTOR = 10;
  private static final int IMAGE = 0x2c;
  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xf9;
  private static final int APPLICATION = 0xff;
  private static final int APPLICATION_NAME = 11;

  /** Walks the blocks of a file, and lists at most {@code most} of its frames. */
  static GifFrames read(SourceBytes bytes, int most) throws IOException {
    byte[] screen = bytes.slice(0, HEADER);
    if (screen.length < HEADER) {
      throw Container.GIF.malformed(screen.length, "ends within its header");
    }
    List<Frame> frames = new ArrayList<>();
    int count = 0;
    int plays = 1;
    Control control = Control.NONE; // of the next frame
    Palette global = Palette.of(screen[10], HEADER);
    long at = global.end();
    byte[] block = bytes.slice(at, at + DESCRIPTOR);
    while (block.length == DESCRIPTOR) {
      if (block[0] == IMAGE) {
        Palette local = Palette.of(block[9], at + DESCRIPTOR);
        if (count++ < most) {
          frames.add(frame(bytes, block, local, global, control));
        }
        control = Control.NONE;
        at = afterBlocks(bytes, local.end() + 1);
      } else if (block[0] == EXTENSION) {
        int label = block[1] & 0xff;
        control = label == CONTROL && block[2] >= 4 ? Control.of(block) : control;
        plays = label == APPLICATION ? plays(bytes, at + 2, plays) : plays;
        at = afterBlocks(bytes, at + 2);
      } else if (block[0] == 0) {
        at++; // padding, or a terminator too many
      } else {
        break; // the trailer, or bytes that belong to no block
      }
      block = bytes.slice(at, at + DESCRIPTOR);
    }
    if (frames.isEmpty()) {
      throw Container.GIF.malformed(bytes.reach(at), "has no image");
    }
    // As in browsers, a screen too small for its first frame grows.
    Frame first = frames.get(0);
    return new GifFrames(
        Math.max(u16(screen, 6), first.left + first.width),
        Math.max(u16(screen, 8), first.top + first.height),
        plays,
        count,
        frames);
  }

  /** The colors of an image: their position and number. */
  private record Palette(long start, int colors) {

    /**
     * Returns the palette of a screen or an image.
     *
     * @param flags whether it has one, and its size
     */
    static Palette of(byte flags, long start) {
      return new Palette(start, (flags & 0x80) == 0 ? 0 : 2 << (flags & 7));
    }

    long end() {
      return start + 3L * colors;
    }
  }

  /** A graphic control extension, which applies to the next image. */
  private record Control(int transparent, Disposal disposal, int delayMillis) {

    static final Control NONE = new Control(-1, Disposal.KEEP, 0);

    /** Reads an extension, starting with its introducer. */
    static Control of(byte[] block) {
      int flags = block[3];
      return new Control(
          (flags & 1) == 0 ? -1 : block[6] & 0xff,
          switch (flags >> 2 & 7) {
            case 2 -> Disposal.CLEAR;
            case 3, 4 -> Disposal.RESTORE; // some writers mistook the 3 for a bit
            default -> Disposal.KEEP;
          },
          10 * u16(block, 4));
    }
  }

  private static Frame frame(
      SourceBytes bytes, byte[] block, Palette local, Palette global, Control control)
      throws IOException {
    int indexes = 1 << Math.max(0, bytes.at(local.end()));
    Palette palette = local.colors == 0 ? global : local;
    return new Frame(
        u16(block, 1),
        u16(block, 3),
        u16(block, 5),
        u16(block, 7),
        (block[9] & 0x40) != 0,
        control.transparent < indexes ? control.transparent : -1, // of no pixel
        control.disposal,
        control.delayMillis,
        palette.start,
        palette.end(),
        local.end());
  }

  /**
   * Reads Netscape's application extension, which gives the number of repetitions after the first
   * run.
   */
  private static int plays(SourceBytes bytes, long at, int otherwise) throws IOException {
    int data = 1 + APPLICATION_NAME;
    byte[] block = bytes.slice(at, at + data + 4);
    if (block.length < data + 4 || block[0] != APPLICATION_NAME) {
      return otherwise;
    }
    String name = new String(block, 1, APPLICATION_NAME, ISO_8859_1);
    boolean loop = name.equals("NETSCAPE2.0") || name.equals("ANIMEXTS1.0");
    if (!loop || block[data] < 3 || (block[data + 1] & 7) != 1) {
      return otherwise;
    }
    int repeats = u16(block, data + 2);
    return repeats == 0 ? 0 : repeats + 1;
  }

  /** Returns the position after a chain of sub-blocks. */
  private static long afterBlocks(SourceBytes bytes, long start) throws IOException {
    long at = start;
    int length = bytes.at(at);
    while (length > 0) {
      at += 1 + length;
      length = bytes.at(at);
    }
    return at + 1;
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
  }
}
