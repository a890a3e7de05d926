package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes lossless WebP, and lossy files with given bitstreams ("WebP Container Specification"): the
 * simple format if there are only pixels, otherwise the extended one. Bytes do not depend on the
 * JDK.
 */
public final class WebpMaker {

  private static final int ANIMATION = 0x02;
  private static final int XMP = 0x04;
  private static final int EXIF = 0x08;
  private static final int ALPHA = 0x10;
  private static final int ICC = 0x20;

  private final List<Frame> frames = new ArrayList<>();
  private final int width;
  private final int height;
  private boolean alpha;
  private int plays;
  private int flags;
  private byte[] icc = {};
  private byte[] exif = {};
  private byte[] xmp = {};

  private record Frame(Picture picture, int left, int top, int millis, int flags) {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Picture(int width, int height, String type, byte[] bitstream, byte[] alpha) {

    private static Picture of(BufferedImage image) {
      byte[] bitstream = Vp8lWriter.write(image);
      return new Picture(image.getWidth(), image.getHeight(), "VP8L", bitstream, new byte[0]);
    }

    private void write(ByteWriter out) {
      optionalChunk(out, "ALPH", alpha);
      chunk(out, type, bitstream);
    }
  }

  private WebpMaker(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Starts a file of that picture, with its alpha when it has any, without metadata. */
  public static WebpMaker of(BufferedImage image) {
    return new WebpMaker(image.getWidth(), image.getHeight()).frame(image, 0, 0, 0, true, false);
  }

  /**
   * Starts a file of a lossy bitstream.
   *
   * @param vp8 a key frame of that size
   * @param alph its coded alpha, empty if it has none
   */
  public static WebpMaker lossy(int width, int height, byte[] vp8, byte... alph) {
    WebpMaker maker = new WebpMaker(width, height);
    maker.flags = alph.length > 0 ? ALPHA : 0;
    return maker.lossyFrame(width, height, vp8, alph, 0, 0, 0);
  }

  /** Starts an endless animation of frames that have the same size. */
  public static WebpMaker animated(List<BufferedImage> frames, int millis) {
    WebpMaker maker = canvas(frames.get(0).getWidth(), frames.get(0).getHeight());
    frames.forEach(frame -> maker.frame(frame, 0, 0, millis, true, false));
    return maker;
  }

  /** Starts an endless animation without frames. */
  public static WebpMaker canvas(int width, int height) {
    WebpMaker maker = new WebpMaker(width, height);
    maker.flags = ANIMATION;
    return maker;
  }

  /**
   * Adds a frame anywhere on the canvas.
   *
   * @param left even, like {@code top}
   * @param blended whether it is blended with the canvas, rather than replacing it
   * @param cleared whether its area becomes transparent after it
   */
  public WebpMaker frame(
      BufferedImage image, int left, int top, int millis, boolean blended, boolean cleared) {
    int how = (blended ? 0 : 2) | (cleared ? 1 : 0);
    frames.add(new Frame(Picture.of(image), left, top, millis, how));
    alpha |= image.getColorModel().hasAlpha();
    return this;
  }

  /** Adds a lossy frame, which is blended with the canvas and stays; see {@link #lossy}. */
  public WebpMaker lossyFrame(
      int width, int height, byte[] vp8, byte[] alph, int left, int top, int millis) {
    frames.add(new Frame(new Picture(width, height, "VP8 ", vp8, alph), left, top, millis, 0));
    alpha |= alph.length > 0;
    return this;
  }

  /** Returns the bitstream of a lossless picture without its header, as alpha is compressed. */
  public static byte[] losslessAlpha(BufferedImage image) {
    byte[] bitstream = Vp8lWriter.write(image);
    return Arrays.copyOfRange(bitstream, 5, bitstream.length);
  }

  /** Plays the animation that many times, 0 for ever. */
  public WebpMaker plays(int count) {
    plays = count;
    return this;
  }

  /** Adds an EXIF chunk with that orientation. The pixels stay as they are. */
  public WebpMaker orientation(int value) {
    return exif(ExifMaker.littleEndian().orientation(value).bytes());
  }

  /** Adds an EXIF chunk. */
  public WebpMaker exif(byte[] tiff) {
    exif = tiff;
    flags |= EXIF;
    return this;
  }

  /** Adds an ICCP chunk. */
  public WebpMaker icc(byte[] profile) {
    icc = profile;
    flags |= ICC;
    return this;
  }

  /** Adds an XMP chunk. */
  public WebpMaker xmp(String packet) {
    xmp = ByteWriter.littleEndian().ascii(packet).toByteArray();
    flags |= XMP;
    return this;
  }

  /** Returns the file. */
  public byte[] bytes() {
    ByteWriter body = ByteWriter.littleEndian().ascii("WEBP");
    if (flags != 0) {
      ByteWriter header = ByteWriter.littleEndian().u32(flags | (alpha ? ALPHA : 0));
      chunk(body, "VP8X", header.u24(width - 1).u24(height - 1).toByteArray());
    }
    optionalChunk(body, "ICCP", icc);
    if ((flags & ANIMATION) == 0) {
      frames.get(0).picture.write(body);
    } else {
      chunk(body, "ANIM", ByteWriter.littleEndian().u32(0).u16(plays).toByteArray());
      for (Frame frame : frames) {
        ByteWriter payload = ByteWriter.littleEndian().u24(frame.left / 2).u24(frame.top / 2);
        payload.u24(frame.picture.width - 1).u24(frame.picture.height - 1);
        payload.u24(frame.millis).u8(frame.flags);
        frame.picture.write(payload);
        chunk(body, "ANMF", payload.toByteArray());
      }
    }
    optionalChunk(body, "EXIF", exif);
    optionalChunk(body, "XMP ", xmp);
    ByteWriter file = ByteWriter.littleEndian();
    return file.ascii("RIFF").u32(body.size()).bytes(body.toByteArray()).toByteArray();
  }

  private static void optionalChunk(ByteWriter out, String type, byte[] payload) {
    if (payload.length > 0) {
      chunk(out, type, payload);
    }
  }

  private static void chunk(ByteWriter out, String type, byte[] payload) {
    out.ascii(type).u32(payload.length).bytes(payload).zeros(payload.length % 2);
  }
}
