package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;

/** Small files that require a lot of memory or time. */
public final class ImageBombs {

  /** Width and height that the files of {@link #all} claim. */
  public static final int SIDE = 30_000;

  /** The largest side that a lossless WebP can claim. */
  public static final int WEBP_SIDE = 16_384;

  private static final BufferedImage DOT = TestImages.solid(8, 8, 0x808080);

  private ImageBombs() {}

  /**
   * Returns, by format, files of less than a kilobyte whose headers claim {@link #SIDE} (WebP:
   * {@link #WEBP_SIDE}) pixels each way, with almost no data after them.
   */
  public static Map<String, byte[]> all() {
    Map<String, byte[]> bombs = new LinkedHashMap<>();
    bombs.put("jpeg", jpeg(0xc0));
    bombs.put("progressive jpeg", jpeg(0xc2));
    bombs.put("png", png());
    bombs.put("gif", gif());
    bombs.put("bmp", BmpMaker.header(SIDE, SIDE, 24, 0).zeros(16).toByteArray());
    bombs.put("tiff", tiff());
    bombs.put("webp", webp());
    bombs.put("psd", PsdMaker.header(SIDE, SIDE).zeros(16).toByteArray());
    return bombs;
  }

  private static byte[] jpeg(int frameMarker) {
    JpegMaker maker = JpegMaker.of(DOT);
    byte[] file = (frameMarker == 0xc2 ? maker.progressive() : maker).bytes();
    for (int at = 2; ; at += 2 + ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff))) {
      if ((file[at + 1] & 0xff) == frameMarker) {
        byte[] size = ByteWriter.bigEndian().u16(SIDE).u16(SIDE).toByteArray();
        System.arraycopy(size, 0, file, at + 5, 4);
        return file;
      }
    }
  }

  private static byte[] png() {
    ByteWriter out = pngStart(8, 2);
    PngWriter.writeChunk(out, "IDAT", PngWriter.deflate(new byte[64]));
    PngWriter.writeChunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static ByteWriter pngStart(int depth, int colorType) {
    ByteWriter out = ByteWriter.bigEndian().u32(0x89504e47).u32(0x0d0a1a0a);
    ByteWriter header = ByteWriter.bigEndian().u32(SIDE).u32(SIDE).u8(depth).u8(colorType);
    PngWriter.writeChunk(out, "IHDR", header.u24(0).toByteArray());
    return out;
  }

  private static byte[] gif() {
    byte[] file = GifMaker.of(DOT).bytes();
    byte[] size = ByteWriter.littleEndian().u16(SIDE).u16(SIDE).toByteArray();
    System.arraycopy(size, 0, file, 6, 4);
    // Header and screen take 13 bytes, the graphic control 8, separator and position 5.
    System.arraycopy(size, 0, file, 26, 4);
    return file;
  }

  private static byte[] tiff() {
    TiffDirectory directory =
        new TiffDirectory(ByteOrder.LITTLE_ENDIAN)
            .longs(256, SIDE)
            .longs(257, SIDE)
            .shorts(258, 8, 8, 8)
            .shorts(259, 1)
            .shorts(262, 2)
            .longs(273, 8)
            .shorts(277, 3)
            .longs(278, SIDE)
            .longs(279, (int) (3L * SIDE * SIDE));
    return ByteWriter.littleEndian()
        .ascii("II")
        .u16(42)
        .u32(8)
        .bytes(directory.bytes(8))
        .toByteArray();
  }

  private static byte[] webp() {
    byte[] file = WebpMaker.of(DOT).bytes();
    // RIFF, WEBP and the chunk's head take 20 bytes, the signature one; then 14 bits each.
    byte[] size = ByteWriter.littleEndian().u32((1 << 28) - 1).toByteArray();
    System.arraycopy(size, 0, file, 21, 4);
    return file;
  }

  /** Returns a TIFF whose directory refers to itself as the next one. */
  public static byte[] tiffLoop() {
    byte[] file = TiffMaker.of(DOT).bytes();
    int entries = file[8] & 0xff;
    file[8 + 2 + 12 * entries] = 8;
    return file;
  }

  /**
   * Returns a complete and correct PNG of {@link #SIDE} pixels each way, black, one bit each: about
   * a hundred kilobytes that inflate to 112 million.
   */
  public static byte[] blackPng() {
    ByteWriter out = pngStart(1, 0);
    PngWriter.writeChunk(out, "IDAT", deflatedZeros((1 + SIDE / 8L) * SIDE));
    PngWriter.writeChunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /** Returns a small PNG with a profile that inflates to that many zeros. */
  public static byte[] profilePng(long profileBytes) {
    ByteWriter payload = ByteWriter.bigEndian().ascii("profile\0").u8(0);
    payload.bytes(deflatedZeros(profileBytes));
    return PngMaker.of(DOT).chunk("iCCP", payload.toByteArray()).bytes();
  }

  private static byte[] deflatedZeros(long count) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      ByteWriter out = ByteWriter.bigEndian();
      byte[] zeros = new byte[1 << 16];
      byte[] buffer = new byte[1 << 12];
      long left = count;
      while (!deflater.finished()) {
        if (deflater.needsInput() && left > 0) {
          int size = (int) Math.min(left, zeros.length);
          deflater.setInput(zeros, 0, size);
          left -= size;
        } else if (left == 0) {
          deflater.finish();
        }
        out.bytes(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * Returns a progressive JPEG of 4096x4096 gray pixels with so many scans, each of forty bytes
   * that a decoder has to walk over a quarter of a million blocks for. After the DC scan each holds
   * one coefficient, all zeros; bands come again from the 64th AC scan on.
   */
  public static byte[] manyScans(int scans) {
    int blocks = 512 * 512;
    ByteWriter out = ByteWriter.bigEndian().u16(0xffd8).u16(0xffdb).u16(67).u8(0);
    for (int i = 0; i < 64; i++) {
      out.u8(1);
    }
    out.u16(0xffc2).u16(11).u8(8).u16(4096).u16(4096).u8(1).u8(1).u8(0x11).u8(0);
    // One code of one bit in each table: difference zero, and runs of 2^14 + 14 more bits.
    for (int table : new int[] {0x00, 0x10}) {
      out.u16(0xffc4).u16(20).u8(table).u8(1).zeros(15).u8(table == 0 ? 0 : 0xe0);
    }
    out.u16(0xffda).u16(8).u8(1).u8(1).u8(0).u8(0).u8(0).u8(0).zeros(blocks / 8);
    for (int scan = 1; scan < scans; scan++) {
      int k = (scan - 1) % 63 + 1;
      out.u16(0xffda).u16(8).u8(1).u8(1).u8(0).u8(k).u8(k).u8(0);
      // 15 zero bits are a run of 2^14 blocks: 16 of them end the scan on a byte.
      out.zeros(blocks / (1 << 14) * 15 / 8);
    }
    return out.u16(0xffd9).toByteArray();
  }

  /** Returns a GIF with so many frames of one pixel on a canvas of 4096x4096. */
  public static byte[] manyFrames(int frames) {
    GifMaker maker = GifMaker.canvas(4096, 4096).loops(0);
    BufferedImage pixel = TestImages.solid(1, 1, 0xff0000);
    for (int i = 0; i < frames; i++) {
      maker.frame(pixel, i % 4096, i / 4096, 1, GifMaker.Disposal.CLEAR);
    }
    return maker.bytes();
  }

  /** Returns {@code count} beginnings of a file, from nothing to all but a little of it. */
  public static List<byte[]> truncated(byte[] file, int count) {
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(Arrays.copyOf(file, (int) ((long) file.length * i / count)));
    }
    return parts;
  }
}
