package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes animated PNG (third edition): the first frame is the picture that other readers see. */
public final class ApngMaker {

  private static final int SIGNATURE_BYTES = 8;

  private ApngMaker() {}

  /** Returns an endless animation of frames that have the same size and kind. */
  public static byte[] bytes(List<BufferedImage> frames, int millis) {
    ByteWriter out = ByteWriter.bigEndian();
    int sequence = 0;
    for (int frame = 0; frame < frames.size(); frame++) {
      BufferedImage image = frames.get(frame);
      byte[] png = PngMaker.of(image).idatBytes(Integer.MAX_VALUE / 2).bytes();
      ByteBuffer buffer = ByteBuffer.wrap(png);
      if (frame == 0) {
        out.bytes(png, 0, SIGNATURE_BYTES);
      }
      for (int at = SIGNATURE_BYTES; at < png.length; at += 12 + buffer.getInt(at)) {
        String type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
        byte[] payload = Arrays.copyOfRange(png, at + 8, at + 8 + buffer.getInt(at));
        if (type.equals("IHDR") && frame == 0) {
          PngMaker.writeChunk(out, type, payload);
          byte[] control = ByteWriter.bigEndian().u32(frames.size()).u32(0).toByteArray();
          PngMaker.writeChunk(out, "acTL", control);
        } else if (type.equals("IDAT")) {
          ByteWriter control = ByteWriter.bigEndian().u32(sequence++);
          control.u32(image.getWidth()).u32(image.getHeight()).u32(0).u32(0);
          control.u16(millis).u16(1000).u16(0);
          PngMaker.writeChunk(out, "fcTL", control.toByteArray());
          if (frame == 0) {
            PngMaker.writeChunk(out, type, payload);
          } else {
            ByteWriter data = ByteWriter.bigEndian().u32(sequence++).bytes(payload);
            PngMaker.writeChunk(out, "fdAT", data.toByteArray());
          }
        }
      }
    }
    PngMaker.writeChunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }
}
