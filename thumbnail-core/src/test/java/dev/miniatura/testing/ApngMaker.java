package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes animated PNG (third edition, section 4.9). All frames are of the first picture's kind. */
public final class ApngMaker {

  /** What happens to a frame before the next one is drawn. */
  public enum Disposal {
    KEEP(0),
    CLEAR(1),
    RESTORE(2);

    final int code;

    Disposal(int code) {
      this.code = code;
    }
  }

  private static final int SIGNATURE_BYTES = 8;

  private final ByteWriter body = ByteWriter.bigEndian();
  private final BufferedImage image;
  private int dataBytes = Integer.MAX_VALUE / 2;
  private int frames;
  private int plays;
  private int sequence;
  private boolean imageWritten;

  private ApngMaker(BufferedImage image) {
    this.image = image;
  }

  /** Starts a file whose canvas has the picture's size and kind; frames are to be added. */
  public static ApngMaker like(BufferedImage image) {
    return new ApngMaker(image);
  }

  /** Sets the most bytes of image data in a chunk, for pictures that are added from here on. */
  public ApngMaker dataBytes(int count) {
    dataBytes = count;
    return this;
  }

  /** Returns an endless animation of frames that have the same size and kind. */
  public static byte[] bytes(List<BufferedImage> frames, int millis) {
    ApngMaker maker = like(frames.get(0));
    frames.forEach(frame -> maker.frame(frame, 0, 0, millis, 1000, Disposal.KEEP, false));
    return maker.bytes();
  }

  /** Writes a default image that is not a frame; it has to come first. */
  public ApngMaker hidden(BufferedImage picture) {
    writeData(picture);
    return this;
  }

  /** Plays the animation that many times, 0 for ever. */
  public ApngMaker plays(int count) {
    plays = count;
    return this;
  }

  /**
   * Adds a frame anywhere on the canvas; the first, without a {@link #hidden} picture, is the
   * default image.
   *
   * @param delay for how long it is shown, in units of a second by {@code perSecond}
   */
  public ApngMaker frame(
      BufferedImage picture,
      int left,
      int top,
      int delay,
      int perSecond,
      Disposal disposal,
      boolean blended) {
    ByteWriter control = ByteWriter.bigEndian().u32(sequence++);
    control.u32(picture.getWidth()).u32(picture.getHeight()).u32(left).u32(top);
    control.u16(delay).u16(perSecond).u8(disposal.code).u8(blended ? 1 : 0);
    PngWriter.writeChunk(body, "fcTL", control.toByteArray());
    writeData(picture);
    frames++;
    return this;
  }

  /** Skips a sequence number, which makes the rest of the file invalid. */
  public ApngMaker breakSequence() {
    sequence++;
    return this;
  }

  private void writeData(BufferedImage picture) {
    byte[] png = PngMaker.of(picture).idatBytes(dataBytes).bytes();
    ByteBuffer buffer = ByteBuffer.wrap(png);
    for (int at = SIGNATURE_BYTES; at < png.length; at += 12 + buffer.getInt(at)) {
      if (type(png, at).equals("IDAT")) {
        byte[] payload = Arrays.copyOfRange(png, at + 8, at + 8 + buffer.getInt(at));
        if (imageWritten) {
          ByteWriter data = ByteWriter.bigEndian().u32(sequence++).bytes(payload);
          PngWriter.writeChunk(body, "fdAT", data.toByteArray());
        } else {
          PngWriter.writeChunk(body, "IDAT", payload);
        }
      }
    }
    imageWritten = true;
  }

  private static String type(byte[] png, int at) {
    return new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
  }

  /** Returns the file. */
  public byte[] bytes() {
    byte[] png = PngMaker.of(image).bytes();
    int header = SIGNATURE_BYTES + 12 + ByteBuffer.wrap(png).getInt(SIGNATURE_BYTES);
    ByteWriter out = ByteWriter.bigEndian().bytes(png, 0, header);
    byte[] control = ByteWriter.bigEndian().u32(frames).u32(plays).toByteArray();
    PngWriter.writeChunk(out, "acTL", control);
    out.bytes(body.toByteArray());
    PngWriter.writeChunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }
}
