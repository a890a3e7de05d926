package dev.miniatura.internal.png;

import dev.miniatura.Limits;
import dev.miniatura.internal.io.BytesSource;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNGs of every kind from random samples, the plain way: the twin of the reader. */
final class PngMaker {

  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  final int width;
  final int height;
  final int depth;
  final int type;
  final int[] samples; // width * height * perPixel(), as stored
  final ByteArrayOutputStream chunks = new ByteArrayOutputStream(); // between IHDR and IDAT
  boolean interlaced;
  int filter = -1; // every row's, or −1 for a random one
  int idatBytes = 1 << 20;

  PngMaker(int width, int height, int depth, int type, long seed) {
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.type = type;
    samples = new int[width * height * perPixel()];
    Random random = new Random(seed);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextInt(1 << depth);
    }
  }

  int perPixel() {
    return switch (type) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  PngMaker chunk(String name, int... data) {
    byte[] bytes = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      bytes[i] = (byte) data[i];
    }
    return chunk(name, bytes);
  }

  PngMaker chunk(String name, byte[] data) {
    write(chunks, name, data);
    return this;
  }

  static void write(ByteArrayOutputStream out, String name, byte[] data) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(type);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  byte[] png() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) depth).put((byte) type).putShort((short) 0);
    header.put((byte) (interlaced ? 1 : 0));
    write(out, "IHDR", header.array());
    out.writeBytes(chunks.toByteArray());
    byte[] data = deflate(filtered());
    for (int at = 0; at < data.length; at += idatBytes) {
      write(out, "IDAT", Arrays.copyOfRange(data, at, Math.min(data.length, at + idatBytes)));
    }
    write(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private byte[] filtered() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Random random = new Random(1);
    if (!interlaced) {
      pass(out, new int[] {0, 0, 1, 1}, random);
      return out.toByteArray();
    }
    for (int[] pass : PASSES) {
      pass(out, pass, random);
    }
    return out.toByteArray();
  }

  private void pass(ByteArrayOutputStream out, int[] pass, Random random) {
    int distance = Math.max(1, depth * perPixel() / 8);
    byte[] above = null;
    for (int y = pass[1]; y < height && pass[0] < width; y += pass[3]) {
      int pixels = (width - pass[0] + pass[2] - 1) / pass[2];
      byte[] row = new byte[(pixels * perPixel() * depth + 7) / 8];
      int bit = 0;
      for (int x = pass[0]; x < width; x += pass[2]) {
        for (int c = 0; c < perPixel(); c++) {
          int sample = samples[(y * width + x) * perPixel() + c];
          for (int b = depth - 1; b >= 0; b--, bit++) {
            row[bit / 8] |= (byte) ((sample >> b & 1) << (7 - bit % 8));
          }
        }
      }
      if (above == null) {
        above = new byte[row.length];
      }
      int type = filter < 0 ? random.nextInt(5) : filter;
      out.write(type);
      for (int i = 0; i < row.length; i++) {
        int a = i < distance ? 0 : row[i - distance] & 0xff;
        int b = above[i] & 0xff;
        int c = i < distance ? 0 : above[i - distance] & 0xff;
        out.write(row[i] - predict(type, a, b, c));
      }
      above = row;
    }
  }

  /** PNG, third edition, sections 9.2 to 9.4, word for word. */
  static int predict(int type, int a, int b, int c) {
    int p = a + b - c;
    int pa = Math.abs(p - a);
    int pb = Math.abs(p - b);
    int pc = Math.abs(p - c);
    return switch (type) {
      case 1 -> a;
      case 2 -> b;
      case 3 -> (a + b) / 2;
      case 4 -> pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      default -> 0;
    };
  }

  static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater(6);
    deflater.setInput(data);
    deflater.finish();
    byte[] buffer = new byte[data.length + data.length / 100 + 100];
    int length = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }

  /** What a decoder delivered. */
  @SuppressWarnings("ArrayRecordComponent")
  record Decoded(
      ImageHeader header, DecodePlan plan, byte[] samples, int rows, List<String> notes) {}

  static Decoded decode(byte[] png) throws IOException {
    return decode(png, Limits.defaults());
  }

  static Decoded decode(byte[] png, Limits limits) throws IOException {
    InputWindow in = InputWindow.open(new BytesSource(png), limits, new Deadline(limits.time()));
    ImageDecoder decoder = PngDecoder.open(in, limits);
    DecodePlan plan = decoder.plan(64, 64);
    int rowBytes = plan.layout().width() * plan.layout().channels();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int[] next = {0};
    Notes notes = new Notes();
    plan.decode(
        (plane, y, row, offset) -> {
          if (plane != 0 || y != next[0]++) {
            throw new IllegalStateException("row " + y + " out of order");
          }
          out.write(row, offset, rowBytes);
        },
        notes);
    return new Decoded(decoder.header(), plan, out.toByteArray(), next[0], notes.list());
  }
}
