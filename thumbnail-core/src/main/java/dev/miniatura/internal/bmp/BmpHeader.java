package dev.miniatura.internal.bmp;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of a BMP before the pixels (Microsoft's BITMAPFILEHEADER, BITMAPCOREHEADER,
 * BITMAPINFOHEADER, BITMAPV4HEADER and BITMAPV5HEADER, and their OS/2 variants).
 *
 * @param bits bits of a pixel: 1, 2, 4, 8, 16, 24 or 32
 * @param topDown whether the top row comes first
 * @param masks which bits of a pixel of 16, 24 or 32 are red, green, blue and alpha
 * @param colors 0xAARRGGBB of each index, if pixels are indexes; missing ones are black
 * @param dataStart position of the pixels
 * @param profile the embedded profile, or null
 */
record BmpHeader(
    int width,
    int height,
    boolean topDown,
    int bits,
    Compression compression,
    @SuppressWarnings("ArrayRecordComponent") int[] masks,
    @SuppressWarnings("ArrayRecordComponent") int[] colors,
    long dataStart,
    @SuppressWarnings("ArrayRecordComponent") byte @Nullable [] profile) {

  /** How pixels are stored. */
  enum Compression {
    NONE,
    RLE4,
    RLE8,
    RLE24
  }

  private static final int FILE_HEADER = 14;
  private static final int CORE = 12;
  private static final int INFO = 40;
  private static final int OS2 = 64;
  private static final int WITH_ALPHA = 56; // headers of at least this size have an alpha mask
  private static final int V4 = 108;
  private static final int V5 = 124;
  private static final int BITFIELDS = 3;
  private static final int ALPHA_BITFIELDS = 6;
  private static final int BLACK = 0xff << 24;
  private static final int COLORS = 256;
  private static final int PROFILE_EMBEDDED = 0x4d424544; // "MBED"

  /**
   * Reads the header of a file.
   *
   * @throws UnsupportedImageException if pixels are stored in a way that is rare
   */
  static BmpHeader read(SourceBytes bytes) throws IOException {
    byte[] head = bytes.slice(0, FILE_HEADER + V5);
    int size = head.length < FILE_HEADER + 4 ? 0 : i32(head, FILE_HEADER);
    if (size < CORE || head.length < FILE_HEADER + Math.min(size, INFO)) {
      throw Container.BMP.malformed(
          Math.min(head.length, FILE_HEADER),
          size < CORE && head.length >= FILE_HEADER + 4
              ? "header of %d bytes".formatted(size)
              : "ends within its header");
    }
    // Fields missing from a shorter header are zero.
    byte[] fields = Arrays.copyOf(Arrays.copyOfRange(head, FILE_HEADER, head.length), V5);
    Arrays.fill(fields, Math.min(size, V5), V5, (byte) 0);
    boolean core = size == CORE;
    int width = core ? u16(fields, 4) : i32(fields, 4);
    int height = core ? u16(fields, 6) : i32(fields, 8);
    if (width <= 0 || height == 0 || height == Integer.MIN_VALUE) {
      throw Container.BMP.malformed(
          FILE_HEADER + 4, "its size is %d x %d".formatted(width, height));
    }
    int bits = u16(fields, core ? 10 : 14);
    int code = core ? 0 : i32(fields, 16);
    Compression compression = compression(code, bits, size);
    long afterHeader = FILE_HEADER + (size & 0xffffffffL);
    boolean beside = size == INFO && (code == BITFIELDS || code == ALPHA_BITFIELDS);
    byte[] given = masks(bytes, fields, size, code, afterHeader);
    long paletteStart = afterHeader + (beside ? code == ALPHA_BITFIELDS ? 16 : 12 : 0);
    long dataStart = i32(head, 10) & 0xffffffffL;
    int entry = core ? 3 : 4;
    long used = core ? 0 : i32(fields, 32) & 0xffffffffL;
    long count = bits > 8 ? 0 : used == 0 ? 1L << bits : Math.min(used, COLORS);
    if (dataStart < paletteStart) {
      dataStart = paletteStart + (bits > 8 ? 0 : count * entry); // which cannot be meant
    }
    count = Math.min(count, (dataStart - paletteStart) / entry);
    return new BmpHeader(
        width,
        Math.abs(height),
        height < 0,
        bits,
        compression,
        code == BITFIELDS || code == ALPHA_BITFIELDS ? ints(given) : usual(bits),
        colors(bytes.slice(paletteStart, paletteStart + count * entry), entry),
        dataStart,
        profile(bytes, fields, size));
  }

  private static Compression compression(int code, int bits, int size)
      throws UnsupportedImageException, MalformedImageException {
    boolean os2 = size != INFO && size <= OS2 && size != 52 && size != WITH_ALPHA;
    Compression compression =
        switch (code) {
          case 0 -> Compression.NONE;
          case 1 -> bits == 8 ? Compression.RLE8 : null;
          case 2 -> bits == 4 ? Compression.RLE4 : null;
          case BITFIELDS -> !os2 && bits >= 16 ? Compression.NONE : null;
          case 4 -> os2 && bits == 24 ? Compression.RLE24 : null;
          case ALPHA_BITFIELDS -> bits >= 16 ? Compression.NONE : null;
          default -> null;
        };
    boolean known =
        switch (bits) {
          case 1, 2, 4, 8, 16, 24, 32 -> true;
          default -> false;
        };
    if (compression == null || !known) {
      throw new UnsupportedImageException("BMP: compression %d of %d bits".formatted(code, bits));
    }
    return compression;
  }

  /** Returns the masks, which are in the header, or after one that has no room for them. */
  private static byte[] masks(
      SourceBytes bytes, byte[] fields, int size, int code, long afterHeader) throws IOException {
    byte[] masks =
        size == INFO
            ? bytes.slice(afterHeader, afterHeader + (code == ALPHA_BITFIELDS ? 16 : 12))
            : Arrays.copyOfRange(fields, INFO, INFO + 16);
    return Arrays.copyOf(masks, 16);
  }

  private static int[] ints(byte[] masks) {
    return new int[] {i32(masks, 0), i32(masks, 4), i32(masks, 8), i32(masks, 12)};
  }

  private static int[] usual(int bits) {
    return bits == 16 ? new int[] {0x7c00, 0x3e0, 0x1f, 0} : new int[] {0xff0000, 0xff00, 0xff, 0};
  }

  private static int[] colors(byte[] palette, int entry) {
    int[] colors = new int[COLORS];
    Arrays.fill(colors, BLACK);
    for (int i = 0; i < palette.length / entry; i++) {
      int at = i * entry;
      int greenAndBlue = (palette[at + 1] & 0xff) << 8 | (palette[at] & 0xff);
      colors[i] = BLACK | (palette[at + 2] & 0xff) << 16 | greenAndBlue;
    }
    return colors;
  }

  /** Reads the profile that a BITMAPV5HEADER embeds; its offset is relative to that header. */
  private static byte @Nullable [] profile(SourceBytes bytes, byte[] fields, int size)
      throws IOException {
    if (size < V5 || i32(fields, 56) != PROFILE_EMBEDDED) {
      return null;
    }
    long start = FILE_HEADER + (i32(fields, V4 + 4) & 0xffffffffL);
    return bytes.slice(start, start + (i32(fields, V4 + 8) & 0xffffffffL));
  }

  /** Returns the header with another mask for alpha, 0 for none. */
  BmpHeader withAlphaMask(int mask) {
    int[] changed = Arrays.copyOf(masks, 4);
    changed[3] = mask;
    return new BmpHeader(
        width, height, topDown, bits, compression, changed, colors, dataStart, profile);
  }

  /** Returns whether pixels are indexes of colors. */
  boolean indexed() {
    return bits <= 8;
  }

  /** Returns the bytes of a row that is not compressed: a multiple of four. */
  long rowBytes() {
    return ((long) width * bits + 31) / 32 * 4;
  }

  static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  private static int i32(byte[] bytes, int at) {
    return u16(bytes, at) | u16(bytes, at + 2) << 16;
  }
}
