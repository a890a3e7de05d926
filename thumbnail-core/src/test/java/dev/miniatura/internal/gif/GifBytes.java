package dev.miniatura.internal.gif;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Writes GIF files byte by byte, including invalid ones. */
final class GifBytes {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Starts a file with a screen of that size, and with colors for all frames, or none. */
  static GifBytes screen(int width, int height, int... rgb) {
    GifBytes file = new GifBytes();
    file.out.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
    file.u16(width).u16(height).u8(rgb.length == 0 ? 0 : 0x80 | bits(rgb) - 1).u8(0).u8(0);
    return file.colors(rgb);
  }

  private static int bits(int[] rgb) {
    return Math.max(1, 32 - Integer.numberOfLeadingZeros(rgb.length - 1));
  }

  private GifBytes colors(int... rgb) {
    for (int i = 0; rgb.length > 0 && i < 1 << bits(rgb); i++) {
      int color = i < rgb.length ? rgb[i] : 0;
      u8(color >> 16).u8(color >> 8).u8(color);
    }
    return this;
  }

  /** Adds a graphic control. */
  GifBytes control(int disposal, int transparent, int hundredths) {
    u8(0x21).u8(0xf9).u8(4).u8(disposal << 2 | (transparent < 0 ? 0 : 1));
    return u16(hundredths).u8(Math.max(0, transparent)).u8(0);
  }

  /** Adds an extension of one sub-block. */
  GifBytes extension(int label, int... bytes) {
    u8(0x21).u8(label).u8(bytes.length);
    for (int each : bytes) {
      u8(each);
    }
    return bytes.length == 0 ? this : u8(0);
  }

  /** Adds an image descriptor, with colors of its own if any are given. */
  GifBytes image(int left, int top, int width, int height, boolean interlaced, int... rgb) {
    u8(0x2c).u16(left).u16(top).u16(width).u16(height);
    int table = rgb.length == 0 ? 0 : 0x80 | bits(rgb) - 1;
    return u8(table | (interlaced ? 0x40 : 0)).colors(rgb);
  }

  /** Adds image data that is compressed already. */
  GifBytes data(int codeSize, byte... lzw) {
    u8(codeSize);
    for (int at = 0; at < lzw.length; at += 255) {
      int size = Math.min(255, lzw.length - at);
      u8(size);
      out.write(lzw, at, size);
    }
    return u8(0);
  }

  /** Adds image data. */
  GifBytes pixels(int codeSize, byte... indexes) {
    return data(codeSize, lzw(codeSize, true, indexes));
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** Adds bytes of 0, which belong to no block. */
  GifBytes padding(int count) {
    out.writeBytes(new byte[count]);
    return this;
  }

  byte[] end() {
    return u8(0x3b).bytes();
  }

  private GifBytes u8(int value) {
    out.write(value);
    return this;
  }

  private GifBytes u16(int value) {
    return u8(value).u8(value >> 8);
  }

  /**
   * Compresses indexes (appendix F).
   *
   * @param clears whether a full table is cleared, rather than used to the end
   */
  static byte[] lzw(int codeSize, boolean clears, byte... indexes) {
    Map<String, Integer> codes = new HashMap<>();
    Codes written = new Codes();
    int clear = 1 << codeSize;
    int next = clear + 2;
    int width = codeSize + 1;
    written.put(clear, width);
    String string = "";
    for (byte index : indexes) {
      String longer = string + (char) (index & 0xff);
      if (longer.length() == 1 || codes.containsKey(longer)) {
        string = longer;
        continue;
      }
      written.put(code(codes, string), width);
      if (next < 4096) {
        width = next == 1 << width ? width + 1 : width;
        codes.put(longer, next++);
      } else if (clears) {
        written.put(clear, width);
        codes.clear();
        next = clear + 2;
        width = codeSize + 1;
      }
      string = longer.substring(longer.length() - 1);
    }
    if (!string.isEmpty()) {
      written.put(code(codes, string), width);
    }
    written.put(clear + 1, next == 1 << width && width < 12 ? width + 1 : width);
    written.put(0, 7);
    return written.out.toByteArray();
  }

  private static int code(Map<String, Integer> codes, String string) {
    return string.length() == 1 ? string.charAt(0) : codes.get(string);
  }

  /** Codes, the lowest bits first. */
  static final class Codes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long bits;
    private int count;

    Codes put(int code, int width) {
      bits |= (long) code << count;
      for (count += width; count >= 8; count -= 8) {
        out.write((int) bits);
        bits >>>= 8;
      }
      return this;
    }

    byte[] bytes() {
      return put(0, 7).out.toByteArray();
    }
  }
}
