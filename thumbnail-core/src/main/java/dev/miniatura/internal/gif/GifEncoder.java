package dev.miniatura.internal.gif;

import dev.miniatura.internal.gif.FrameDifference.Area;
import dev.miniatura.internal.gif.GifCanvas.Drawn;
import dev.miniatura.internal.quantize.IndexedImage;
import dev.miniatura.internal.raster.Raster;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes GIF89a, still or animated. Frames are passed as whole pictures; only the rectangle in
 * which something changes is stored, and only the changed pixels in it. Pixels less than half
 * opaque become transparent, the others opaque.
 *
 * <p>A frame is held back until the next one is known, since that determines its disposal: left in
 * place, or cleared where part of it vanishes.
 */
public final class GifEncoder {

  /** The maximum number of pixels per side. */
  public static final int MAX_SIDE = 0xffff;

  private static final int MAX_DELAY = 0xffff; // hundredths of a second
  private static final int MIN_DELAY =
      2; // browsers treat shorter delays as a mistake, and slow down
  private static final int LEAVE = 1;
  private static final int CLEAR = 2;

  private final GifOptions options;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final GifCanvas canvas;

  private @Nullable Frame held;
  private int @Nullable [] globalPalette;
  private long millis;
  private long hundredths;

  /** A frame and its end in hundredths of a second. */
  private record Frame(Raster raster, long end) {}

  /** Creates an encoder for one file. */
  public GifEncoder(GifOptions options) {
    this.options = options;
    canvas = new GifCanvas(options);
  }

  /**
   * Encodes a still.
   *
   * @param raster gray or RGB, with or without alpha
   */
  public static byte[] encode(Raster raster, GifOptions options) {
    GifEncoder encoder = new GifEncoder(options);
    encoder.addFrame(raster, 0);
    return encoder.finish();
  }

  /**
   * Adds a frame.
   *
   * @param raster gray or RGB, with or without alpha, of the size of the first frame; it is read
   *     later and must not change
   * @param delayMillis how long it is shown, rounded to hundredths of a second so that the whole
   *     animation keeps its length; frames shorter than two of them are left out
   */
  public void addFrame(Raster raster, int delayMillis) {
    if (raster.width() > MAX_SIDE || raster.height() > MAX_SIDE) {
      throw new IllegalArgumentException("a GIF has at most 65,535 pixels a side");
    }
    millis += delayMillis;
    Raster binary = FrameDifference.binaryAlpha(raster);
    Frame frame = new Frame(binary, (millis + 5) / 10);
    if (held != null) {
      if (held.raster.width() != raster.width() || held.raster.height() != raster.height()) {
        throw new IllegalArgumentException("all frames of a GIF must have the same size");
      }
      boolean seen = globalPalette == null || held.end - hundredths >= MIN_DELAY;
      boolean changes = !FrameDifference.same(held.raster, binary);
      if ((seen && changes) || frame.end - hundredths > MAX_DELAY) {
        write(held, FrameDifference.vanishing(held.raster, binary), true);
      }
    }
    held = frame;
  }

  /** Returns the file. */
  public byte[] finish() {
    Frame last = held;
    if (last == null) {
      throw new IllegalStateException("a GIF has at least one frame");
    }
    write(last, null, globalPalette != null);
    out.write(0x3b);
    return out.toByteArray();
  }

  private void write(Frame frame, @Nullable Area vanishing, boolean animated) {
    Drawn drawn = canvas.draw(frame.raster, animated, vanishing);
    IndexedImage image = drawn.image();
    if (globalPalette == null) {
      globalPalette = image.palette();
      writeHeader(frame.raster, image.palette(), animated);
    }
    long delay = Math.max(MIN_DELAY, Math.min(frame.end - hundredths, MAX_DELAY));
    boolean transparent = image.translucentColors() > 0;
    if (animated) {
      writeControl(vanishing == null ? LEAVE : CLEAR, (int) delay, transparent);
    } else if (transparent) {
      writeControl(0, 0, true);
    }
    writeImage(image, drawn.area(), !Arrays.equals(image.palette(), globalPalette));
    hundredths = Math.max(frame.end, hundredths + delay);
  }

  /** Writes signature, logical screen, global color table, and the number of repetitions. */
  private void writeHeader(Raster raster, int[] palette, boolean animated) {
    writeText("GIF89a");
    writeShort(raster.width());
    writeShort(raster.height());
    int bits = colorBits(palette);
    out.write(0x80 | 7 << 4 | (bits - 1)); // a global table, of 8-bit primaries
    out.write(0); // background
    out.write(0); // aspect ratio not specified
    writePalette(palette, bits);
    if (animated && options.plays() != 1) {
      out.write(0x21);
      out.write(0xff);
      out.write(11);
      writeText("NETSCAPE2.0");
      out.write(3);
      out.write(1);
      writeShort(options.plays() == 0 ? 0 : options.plays() - 1);
      out.write(0);
    }
  }

  private void writeControl(int disposal, int delay, boolean transparent) {
    out.write(0x21);
    out.write(0xf9);
    out.write(4);
    out.write(disposal << 2 | (transparent ? 1 : 0));
    writeShort(delay);
    out.write(0); // the transparent color, if any, is the first in the palette
    out.write(0);
  }

  private void writeImage(IndexedImage image, Area area, boolean local) {
    out.write(0x2c);
    writeShort(area.x());
    writeShort(area.y());
    writeShort(area.width());
    writeShort(area.height());
    int bits = colorBits(image.palette());
    out.write(local ? 0x80 | (bits - 1) : 0);
    if (local) {
      writePalette(image.palette(), bits);
    }
    LzwWriter.write(image.indices(), Math.max(bits, 2), out);
  }

  /** Returns the bits of an index, at least 1. */
  private static int colorBits(int[] palette) {
    return Math.max(1, 32 - Integer.numberOfLeadingZeros(palette.length - 1));
  }

  private void writePalette(int[] palette, int bits) {
    for (int color : palette) {
      out.write(color >> 16);
      out.write(color >> 8);
      out.write(color);
    }
    for (int i = palette.length; i < 1 << bits; i++) {
      writeText("\0\0\0");
    }
  }

  private void writeText(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void writeShort(int value) {
    out.write(value);
    out.write(value >> 8);
  }
}
