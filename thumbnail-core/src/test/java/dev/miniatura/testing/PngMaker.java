package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG (third edition): every color type and bit depth, Adam7, and any chunk. The compressed
 * bytes are zlib's and may differ between JDKs; the samples do not.
 */
public final class PngMaker {

  /** Color types of the IHDR chunk. */
  public enum Color {
    GRAY(0, 1),
    RGB(2, 3),
    PALETTE(3, 1),
    GRAY_ALPHA(4, 2),
    RGBA(6, 4);

    final int code;
    final int samples;

    Color(int code, int samples) {
      this.code = code;
      this.samples = samples;
    }
  }

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** Adam7 passes: first column, first row, column step, row step. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] ALL_AT_ONCE = {{0, 0, 1, 1}};
  private static final int BEST_FILTER = -1;

  private final BufferedImage image;
  private final boolean deepSource;
  private Color color;
  private int depth;
  private boolean interlaced;
  private int filter = BEST_FILTER;
  private int idatBytes = 1 << 16;
  private final ByteWriter beforePalette = ByteWriter.bigEndian();
  private final ByteWriter afterPalette = ByteWriter.bigEndian();

  private PngMaker(BufferedImage image) {
    this.image = image;
    this.color = image.getColorModel().hasAlpha() ? Color.RGBA : Color.RGB;
    this.deepSource = image.getSampleModel().getDataType() == DataBuffer.TYPE_USHORT;
    this.depth = deepSource ? 16 : 8;
  }

  /**
   * Starts a file of that picture: RGB, or RGBA when it has alpha; 16 bits per sample when it has
   * them, else 8; no metadata.
   */
  public static PngMaker of(BufferedImage image) {
    return new PngMaker(image);
  }

  /** Sets color type and bits per sample. Gray is luma; a palette is fitted to the picture. */
  public PngMaker color(Color type, int bitDepth) {
    color = type;
    depth = bitDepth;
    return this;
  }

  /** Writes the seven passes of Adam7. */
  public PngMaker interlaced() {
    interlaced = true;
    return this;
  }

  /** Uses one filter type, 0 to 4, for all rows instead of the best one for each. */
  public PngMaker filter(int type) {
    filter = type;
    return this;
  }

  /** Cuts the compressed data into IDAT chunks of that size. */
  public PngMaker idatBytes(int size) {
    idatBytes = size;
    return this;
  }

  /** Adds an eXIf chunk with that orientation. The pixels stay as they are. */
  public PngMaker orientation(int value) {
    return exif(ExifMaker.bigEndian().orientation(value).bytes());
  }

  /** Adds an eXIf chunk. */
  public PngMaker exif(byte[] tiff) {
    return chunk("eXIf", tiff);
  }

  /** Adds an iCCP chunk. */
  public PngMaker icc(byte[] profile) {
    ByteWriter payload = ByteWriter.bigEndian().ascii("profile\0").u8(0);
    return chunk("iCCP", payload.bytes(deflate(profile)).toByteArray());
  }

  /** Adds a gAMA chunk; 45455 stands for 1/2.2. */
  public PngMaker gamma(int timesHundredThousand) {
    return chunk("gAMA", ByteWriter.bigEndian().u32(timesHundredThousand).toByteArray());
  }

  /** Adds a cICP chunk with the code points of ITU-T H.273; 12, 13 is Display P3. */
  public PngMaker cicp(int primaries, int transfer) {
    return chunk("cICP", new byte[] {(byte) primaries, (byte) transfer, 0, 1});
  }

  /** Adds a tRNS chunk that makes one gray level or one RGB color transparent. */
  public PngMaker transparent(int... samples) {
    ByteWriter payload = ByteWriter.bigEndian();
    Arrays.stream(samples).forEach(payload::u16);
    writeChunk(afterPalette, "tRNS", payload.toByteArray());
    return this;
  }

  /** Adds any chunk between IHDR and PLTE. */
  public PngMaker chunk(String type, byte[] payload) {
    writeChunk(beforePalette, type, payload);
    return this;
  }

  /** Returns the file. */
  public byte[] bytes() {
    ByteWriter out = ByteWriter.bigEndian().bytes(SIGNATURE);
    ByteWriter header = ByteWriter.bigEndian().u32(image.getWidth()).u32(image.getHeight());
    header.u8(depth).u8(color.code).u16(0).u8(interlaced ? 1 : 0);
    writeChunk(out, "IHDR", header.toByteArray());
    out.bytes(beforePalette.toByteArray());
    Palette palette = Palette.of(image, color == Color.PALETTE ? 1 << depth : 2);
    if (color == Color.PALETTE) {
      writePalette(out, palette);
    }
    out.bytes(afterPalette.toByteArray());
    byte[] compressed = deflate(filteredRows(palette));
    for (int at = 0; at < compressed.length; at += idatBytes) {
      byte[] part = Arrays.copyOfRange(compressed, at, Math.min(at + idatBytes, compressed.length));
      writeChunk(out, "IDAT", part);
    }
    writeChunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void writePalette(ByteWriter out, Palette palette) {
    ByteWriter entries = ByteWriter.bigEndian();
    for (int entry : palette.colors) {
      entries.u24(entry);
    }
    writeChunk(out, "PLTE", entries.toByteArray());
    if (palette.hasTransparent()) {
      writeChunk(out, "tRNS", new byte[1]);
    }
  }

  private byte[] filteredRows(Palette palette) {
    ByteWriter out = ByteWriter.bigEndian();
    int pixelBytes = Math.max(1, color.samples * depth / 8);
    for (int[] pass : interlaced ? ADAM7 : ALL_AT_ONCE) {
      int columns = (image.getWidth() - pass[0] + pass[2] - 1) / pass[2];
      int rowBytes = (columns * color.samples * depth + 7) / 8;
      byte[] above = new byte[rowBytes];
      for (int y = pass[1]; y < image.getHeight() && columns > 0; y += pass[3]) {
        byte[] row = row(palette, y, pass[0], pass[2], rowBytes);
        out.bytes(
            filter == BEST_FILTER
                ? best(row, above, pixelBytes)
                : filtered(filter, row, above, pixelBytes));
        above = row;
      }
    }
    return out.toByteArray();
  }

  private byte[] row(Palette palette, int y, int first, int step, int rowBytes) {
    byte[] row = new byte[rowBytes];
    int bit = 0;
    for (int x = first; x < image.getWidth(); x += step) {
      for (int sample = 0; sample < color.samples; sample++) {
        int value = sample(palette, x, y, sample);
        if (depth == 16) {
          row[bit / 8] = (byte) (value >> 8);
          row[bit / 8 + 1] = (byte) value;
        } else {
          row[bit / 8] |= (byte) (value << (8 - depth - bit % 8));
        }
        bit += depth;
      }
    }
    return row;
  }

  private int sample(Palette palette, int x, int y, int sample) {
    if (deepSource) {
      return image.getRaster().getSample(x, y, sample);
    }
    int argb = image.getRGB(x, y);
    int octet =
        switch (color) {
          case PALETTE -> palette.index(argb);
          case GRAY, GRAY_ALPHA -> sample == 0 ? Pictures.luma(argb) : argb >>> 24;
          case RGB, RGBA -> sample == 3 ? argb >>> 24 : argb >> (16 - 8 * sample) & 0xff;
        };
    return color == Color.PALETTE || depth == 8
        ? octet
        : depth == 16 ? octet * 257 : octet >> (8 - depth);
  }

  /** The filter whose bytes, read as signed, have the least sum: the choice libpng made popular. */
  private static byte[] best(byte[] row, byte[] above, int pixelBytes) {
    byte[] best = row;
    long least = Long.MAX_VALUE;
    for (int type = 0; type < 5; type++) {
      byte[] candidate = filtered(type, row, above, pixelBytes);
      long sum = 0;
      for (int i = 1; i < candidate.length; i++) {
        sum += Math.abs(candidate[i]);
      }
      if (sum < least) {
        least = sum;
        best = candidate;
      }
    }
    return best;
  }

  /** Returns the filter type byte and the filtered row (PNG section 9.2). */
  private static byte[] filtered(int type, byte[] row, byte[] above, int pixelBytes) {
    byte[] out = new byte[row.length + 1];
    out[0] = (byte) type;
    for (int i = 0; i < row.length; i++) {
      int a = i < pixelBytes ? 0 : row[i - pixelBytes] & 0xff;
      int b = above[i] & 0xff;
      int c = i < pixelBytes ? 0 : above[i - pixelBytes] & 0xff;
      int prediction =
          switch (type) {
            case 0 -> 0;
            case 1 -> a;
            case 2 -> b;
            case 3 -> (a + b) / 2;
            default -> paeth(a, b, c);
          };
      out[i + 1] = (byte) (row[i] - prediction);
    }
    return out;
  }

  private static int paeth(int a, int b, int c) {
    int toA = Math.abs(b - c);
    int toB = Math.abs(a - c);
    int toC = Math.abs(a + b - 2 * c);
    return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
  }

  /** Returns a zlib stream (RFC 1950). */
  static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteWriter out = ByteWriter.bigEndian();
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        out.bytes(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  static void writeChunk(ByteWriter out, String type, byte[] payload) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
    crc.update(payload);
    out.u32(payload.length).ascii(type).bytes(payload).u32((int) crc.getValue());
  }
}
