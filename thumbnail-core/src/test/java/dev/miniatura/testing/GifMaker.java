package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes GIF89a. Each frame has a palette of its own, fitted to it. Bytes do not depend on the JDK.
 */
public final class GifMaker {

  /** What happens to a frame before the next one is drawn. */
  public enum Disposal {
    UNSPECIFIED(0),
    KEEP(1),
    CLEAR(2),
    RESTORE(3);

    final int code;

    Disposal(int code) {
      this.code = code;
    }
  }

  /** Interlace passes (GIF89a, appendix E): first row, row step. */
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  private static final int[][] ONE_PASS = {{0, 1}};
  private static final int MAX_CODES = 4096;

  private final int width;
  private final int height;
  private boolean interlaced;
  private int loops = -1;
  private int maxColors = 256;
  private final ByteWriter frames = ByteWriter.littleEndian();

  private GifMaker(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Starts a still of that picture; pixels less than half opaque become transparent. */
  public static GifMaker of(BufferedImage image) {
    return canvas(image.getWidth(), image.getHeight()).frame(image);
  }

  /** Starts a file without frames, with a logical screen of that size. */
  public static GifMaker canvas(int width, int height) {
    return new GifMaker(width, height);
  }

  /** Interlaces the frames that are added from here on. */
  public GifMaker interlaced() {
    interlaced = true;
    return this;
  }

  /** Limits the palettes of the frames that are added from here on: 2 to 256. */
  public GifMaker maxColors(int count) {
    maxColors = count;
    return this;
  }

  /** Repeats the animation, 0 for ever. */
  public GifMaker loops(int count) {
    loops = count;
    return this;
  }

  /** Adds a frame at the top left that is shown for a tenth of a second and kept. */
  public GifMaker frame(BufferedImage image) {
    return frame(image, 0, 0, 10, Disposal.KEEP);
  }

  /** Adds a frame anywhere on the canvas. */
  public GifMaker frame(BufferedImage image, int left, int top, int hundredths, Disposal disposal) {
    Palette palette = Palette.of(image, maxColors);
    int depth = Math.max(1, 32 - Integer.numberOfLeadingZeros(palette.colors.length - 1));
    frames.u16(0xf921).u8(4).u8(disposal.code << 2 | (palette.hasTransparent() ? 1 : 0));
    frames.u16(hundredths).u16(0);
    frames.u8(0x2c).u16(left).u16(top).u16(image.getWidth()).u16(image.getHeight());
    frames.u8(0x80 | (interlaced ? 0x40 : 0) | (depth - 1));
    for (int i = 0; i < 1 << depth; i++) {
      int color = i < palette.colors.length ? palette.colors[i] : 0;
      frames.u8(color >> 16).u8(color >> 8).u8(color);
    }
    int codeSize = Math.max(2, depth);
    frames.u8(codeSize);
    byte[] data = new Lzw(codeSize).compress(indexes(image, palette));
    for (int at = 0; at < data.length; at += 255) {
      int size = Math.min(255, data.length - at);
      frames.u8(size).bytes(data, at, size);
    }
    frames.u8(0);
    return this;
  }

  private byte[] indexes(BufferedImage image, Palette palette) {
    ByteWriter out = ByteWriter.littleEndian();
    for (int[] pass : interlaced ? PASSES : ONE_PASS) {
      for (int y = pass[0]; y < image.getHeight(); y += pass[1]) {
        for (int x = 0; x < image.getWidth(); x++) {
          out.u8(palette.index(image.getRGB(x, y)));
        }
      }
    }
    return out.toByteArray();
  }

  /** Returns the file. */
  public byte[] bytes() {
    ByteWriter out = ByteWriter.littleEndian().ascii("GIF89a");
    out.u16(width).u16(height).zeros(3);
    if (loops >= 0) {
      out.u16(0xff21).u8(11).ascii("NETSCAPE2.0").u8(3).u8(1).u16(loops).u8(0);
    }
    return out.bytes(frames.toByteArray()).u8(0x3b).toByteArray();
  }

  /** Variable-length-code LZW (GIF89a, appendix F). */
  private static final class Lzw {
    private final int codeSize;
    private final int clear;
    private final ByteWriter out = ByteWriter.littleEndian();
    private final Map<Integer, Integer> codes = new HashMap<>();
    private int pending;
    private int pendingBits;

    Lzw(int codeSize) {
      this.codeSize = codeSize;
      this.clear = 1 << codeSize;
    }

    byte[] compress(byte[] indexes) {
      int width = codeSize + 1;
      int next = clear + 2;
      put(clear, width);
      int prefix = indexes[0] & 0xff;
      for (int i = 1; i < indexes.length; i++) {
        int index = indexes[i] & 0xff;
        int string = prefix << 8 | index;
        Integer known = codes.get(string);
        if (known != null) {
          prefix = known;
          continue;
        }
        put(prefix, width);
        if (next == MAX_CODES) {
          put(clear, width);
          codes.clear();
          width = codeSize + 1;
          next = clear + 2;
        } else {
          width = next == 1 << width ? width + 1 : width;
          codes.put(string, next++);
        }
        prefix = index;
      }
      put(prefix, width);
      // The decoder has added a code meanwhile and may have widened its codes.
      put(clear + 1, next == 1 << width && width < 12 ? width + 1 : width);
      put(0, 7);
      return out.toByteArray();
    }

    private void put(int code, int width) {
      pending |= code << pendingBits;
      pendingBits += width;
      while (pendingBits >= 8) {
        out.u8(pending);
        pending >>>= 8;
        pendingBits -= 8;
      }
    }
  }
}
