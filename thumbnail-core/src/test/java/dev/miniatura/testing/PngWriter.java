package dev.miniatura.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG (third edition) from samples as the file stores them: every color type and bit depth,
 * Adam7, any filter and any chunk. The compressed bytes are zlib's and may differ between JDKs.
 */
public final class PngWriter {

  /** Chooses for each row the filter whose bytes, read as signed, have the smallest sum. */
  public static final int BEST_FILTER = -1;

  /** Chooses a random filter for each row. */
  public static final int RANDOM_FILTER = -2;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** Adam7 passes: first column, first row, column step, row step. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] ALL_AT_ONCE = {{0, 0, 1, 1}};

  private final int width;
  private final int height;
  private final int depth;
  private final int colorType;
  private final int[] samples;
  private final ByteWriter chunks = ByteWriter.bigEndian();
  private boolean interlaced;
  private int filter = BEST_FILTER;
  private int idatBytes = 1 << 16;

  private PngWriter(int width, int height, int depth, int colorType, int[] samples) {
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.colorType = colorType;
    this.samples = samples;
  }

  /**
   * Starts a file of those samples, in the order of the rows.
   *
   * @param colorType 0, 2, 3, 4 or 6, as in the IHDR chunk
   * @param samples width × height × {@link #perPixel} values below 2^depth; used, not copied
   */
  public static PngWriter of(int width, int height, int depth, int colorType, int[] samples) {
    return new PngWriter(width, height, depth, colorType, samples);
  }

  /** Starts a file of random samples, filtered at random. */
  public static PngWriter random(int width, int height, int depth, int colorType, long seed) {
    int[] samples = new int[width * height * perPixel(colorType)];
    Random random = new Random(seed);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextInt(1 << depth);
    }
    return of(width, height, depth, colorType, samples).filter(RANDOM_FILTER);
  }

  /** Returns how many samples a pixel of a color type has. */
  public static int perPixel(int colorType) {
    return switch (colorType) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  /** Returns the samples that are written; changes count. */
  public int[] samples() {
    return samples;
  }

  /** Returns the color type of the IHDR chunk. */
  public int colorType() {
    return colorType;
  }

  /** Returns the bits per sample. */
  public int depth() {
    return depth;
  }

  /** Writes the seven passes of Adam7, or all rows at once. */
  public PngWriter interlaced(boolean adam7) {
    interlaced = adam7;
    return this;
  }

  /** Sets the filter type of all rows, {@link #BEST_FILTER} or {@link #RANDOM_FILTER}. */
  public PngWriter filter(int type) {
    filter = type;
    return this;
  }

  /** Cuts the compressed data into IDAT chunks of that size. */
  public PngWriter idatBytes(int size) {
    idatBytes = size;
    return this;
  }

  /** Adds a chunk between IHDR and IDAT. */
  public PngWriter chunk(String type, byte[] payload) {
    writeChunk(chunks, type, payload);
    return this;
  }

  /** Adds a chunk between IHDR and IDAT, its bytes given as numbers. */
  public PngWriter chunk(String type, int... payload) {
    byte[] bytes = new byte[payload.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) payload[i];
    }
    return chunk(type, bytes);
  }

  /** Returns the file. */
  public byte[] bytes() {
    ByteWriter out = ByteWriter.bigEndian().bytes(SIGNATURE);
    ByteWriter header = ByteWriter.bigEndian().u32(width).u32(height);
    header.u8(depth).u8(colorType).u16(0).u8(interlaced ? 1 : 0);
    writeChunk(out, "IHDR", header.toByteArray());
    out.bytes(chunks.toByteArray());
    byte[] compressed = deflate(filteredRows());
    for (int at = 0; at < compressed.length; at += idatBytes) {
      byte[] part = Arrays.copyOfRange(compressed, at, Math.min(at + idatBytes, compressed.length));
      writeChunk(out, "IDAT", part);
    }
    writeChunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private byte[] filteredRows() {
    ByteWriter out = ByteWriter.bigEndian();
    Random random = new Random(1);
    int pixelBytes = Math.max(1, perPixel(colorType) * depth / 8);
    for (int[] pass : interlaced ? ADAM7 : ALL_AT_ONCE) {
      int columns = (width - pass[0] + pass[2] - 1) / pass[2];
      byte[] above = new byte[(columns * perPixel(colorType) * depth + 7) / 8];
      for (int y = pass[1]; y < height && columns > 0; y += pass[3]) {
        byte[] row = row(y, pass[0], pass[2], above.length);
        int type = filter == RANDOM_FILTER ? random.nextInt(5) : filter;
        out.bytes(
            type == BEST_FILTER
                ? best(row, above, pixelBytes)
                : filtered(type, row, above, pixelBytes));
        above = row;
      }
    }
    return out.toByteArray();
  }

  private byte[] row(int y, int first, int step, int rowBytes) {
    int perPixel = perPixel(colorType);
    byte[] row = new byte[rowBytes];
    int bit = 0;
    for (int x = first; x < width; x += step) {
      for (int i = 0; i < perPixel; i++) {
        int sample = samples[(y * width + x) * perPixel + i];
        if (depth == 16) {
          row[bit / 8] = (byte) (sample >> 8);
          row[bit / 8 + 1] = (byte) sample;
        } else {
          row[bit / 8] |= (byte) (sample << (8 - depth - bit % 8));
        }
        bit += depth;
      }
    }
    return row;
  }

  /** The choice that libpng made popular. */
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

  /** Returns the filter type byte and the filtered row. */
  private static byte[] filtered(int type, byte[] row, byte[] above, int pixelBytes) {
    byte[] out = new byte[row.length + 1];
    out[0] = (byte) type;
    for (int i = 0; i < row.length; i++) {
      int a = i < pixelBytes ? 0 : row[i - pixelBytes] & 0xff;
      int b = above[i] & 0xff;
      int c = i < pixelBytes ? 0 : above[i - pixelBytes] & 0xff;
      out[i + 1] = (byte) (row[i] - predict(type, a, b, c));
    }
    return out;
  }

  /**
   * Returns what a filter type predicts from the bytes to the left, above, and above to the left;
   * PNG sections 9.2 to 9.4, word for word.
   */
  public static int predict(int type, int a, int b, int c) {
    return switch (type) {
      case 1 -> a;
      case 2 -> b;
      case 3 -> (a + b) / 2;
      case 4 -> paeth(a, b, c);
      default -> 0;
    };
  }

  private static int paeth(int a, int b, int c) {
    int p = a + b - c;
    int pa = Math.abs(p - a);
    int pb = Math.abs(p - b);
    int pc = Math.abs(p - c);
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
  }

  /** Returns a zlib stream (RFC 1950). */
  public static byte[] deflate(byte[] bytes) {
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

  /** Returns a chunk with its length and CRC. */
  public static byte[] chunkOf(String type, byte[] payload) {
    ByteWriter out = ByteWriter.bigEndian();
    writeChunk(out, type, payload);
    return out.toByteArray();
  }

  static void writeChunk(ByteWriter out, String type, byte[] payload) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
    crc.update(payload);
    out.u32(payload.length).ascii(type).bytes(payload).u32((int) crc.getValue());
  }
}
