package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Writes lossless WebP ("WebP Container Specification"): the simple format when there is nothing
 * but pixels, else the extended one. Bytes do not depend on the JDK.
 */
public final class WebpMaker {

  private static final int ANIMATION = 0x02;
  private static final int XMP = 0x04;
  private static final int EXIF = 0x08;
  private static final int ALPHA = 0x10;
  private static final int ICC = 0x20;

  private final List<BufferedImage> frames;
  private final int millis;
  private final boolean alpha;
  private int flags;
  private byte[] icc = {};
  private byte[] exif = {};
  private byte[] xmp = {};

  private WebpMaker(List<BufferedImage> frames, int millis) {
    this.frames = frames;
    this.millis = millis;
    this.alpha = frames.get(0).getColorModel().hasAlpha();
    this.flags = frames.size() > 1 ? ANIMATION : 0;
  }

  /** Starts a file of that picture, with its alpha when it has any, without metadata. */
  public static WebpMaker of(BufferedImage image) {
    return new WebpMaker(List.of(image), 0);
  }

  /** Starts an endless animation of frames that have the same size. */
  public static WebpMaker animated(List<BufferedImage> frames, int millis) {
    return new WebpMaker(frames, millis);
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
    int width = frames.get(0).getWidth();
    int height = frames.get(0).getHeight();
    if (flags != 0) {
      ByteWriter header = ByteWriter.littleEndian().u32(flags | (alpha ? ALPHA : 0));
      chunk(body, "VP8X", header.u24(width - 1).u24(height - 1).toByteArray());
    }
    optionalChunk(body, "ICCP", icc);
    if (frames.size() == 1) {
      chunk(body, "VP8L", Vp8lWriter.write(frames.get(0)));
    } else {
      chunk(body, "ANIM", new byte[6]);
      for (BufferedImage frame : frames) {
        ByteWriter payload = ByteWriter.littleEndian().zeros(6).u24(width - 1).u24(height - 1);
        payload.u24(millis).u8(0);
        chunk(payload, "VP8L", Vp8lWriter.write(frame));
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
